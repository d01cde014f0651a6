import { LagHistogram } from '@annal/ledger'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStory, recorded, START } from '../audit-trail/trail-fixtures.contract.ts'
import { measureLag } from './measure-lag.ts'

describe('the lag histogram', () => {
  it('gives percentiles at most a quarter too high, and never too low', () => {
    const lags = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(lags, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, p) => {
        const histogram = new LagHistogram()
        for (const lag of all) histogram.add(lag)
        const exact = all.toSorted((a, b) => a - b)[Math.ceil(p * all.length) - 1]!
        expect(histogram.percentile(p)).toBeGreaterThanOrEqual(exact * 0.999999)
        expect(histogram.percentile(p)).toBeLessThanOrEqual(Math.max(1, exact * 1.25) * 1.000001)
        expect(histogram.buckets().at(-1)).toEqual({ bound: Number.POSITIVE_INFINITY, events: all.length })
        expect(histogram.sum).toBe(all.reduce((a, b) => a + b))
      }),
    )
  })

  it('is the same for whoever shares its memory', () => {
    const counting = new LagHistogram()
    const looking = new LagHistogram(counting.memory)
    counting.add(30, 3)
    expect([looking.count, looking.sum]).toEqual([3, 90])
    looking.reset()
    expect([counting.count, counting.percentile(0.99)]).toEqual([0, 0])
  })

  it('reads when an event was recorded from its bytes, whatever its data says', () => {
    const histogram = new LagHistogram()
    const events = Array.from({ length: 1000 }, (_, i) => recorded({ ...aStory, note: '"recordedAt":"1999-01-01T00:00:00.000Z"' }, i))
    measureLag(histogram, events, START + 40)
    expect([histogram.count, histogram.sum]).toEqual([1000, 40_000])
    measureLag(histogram, [], START)
    expect(histogram.count).toBe(1000)
  })
})
