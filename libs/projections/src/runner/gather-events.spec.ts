import { setTimeout } from 'node:timers/promises'
import type { RecordedEvent } from '@annal/ledger'
import { describe, expect, it, vi } from 'vitest'
import { aStory, recorded } from '../audit-trail/trail-fixtures.contract.ts'
import { type GatherLimits, gatherEvents, LONGEST_REST } from './gather-events.ts'

const some = (from: number, count: number): RecordedEvent[] => Array.from({ length: count }, (_, i) => recorded(aStory, from + i))
const LIMITS = { events: 10, bytes: 1e6 }

async function* giving(...steps: (RecordedEvent[] | 'pause' | Error)[]): AsyncGenerator<RecordedEvent[]> {
  for (const step of steps) {
    if (step === 'pause') await setTimeout(200)
    else if (step instanceof Error) throw step
    else yield step
  }
}

async function sizes(subscription: AsyncIterable<RecordedEvent[]>, limits: GatherLimits = LIMITS): Promise<(number | string)[]> {
  const seen: (number | string)[] = []
  let next = 0
  try {
    for await (const events of gatherEvents(subscription, limits)) {
      expect(events).toEqual(some(next, events.length))
      next += events.length
      seen.push(events.length)
    }
  } catch (error) {
    seen.push(String(error))
  }
  return seen
}

describe('gathering events', () => {
  it('puts together what is there at once, up to the limit', async () => {
    expect(await sizes(giving(some(0, 4), some(4, 4), some(8, 4), some(12, 4), some(16, 1)))).toEqual([12, 5])
  })

  it('does not wait for more than is there', async () => {
    expect(await sizes(giving(some(0, 1), 'pause', some(1, 2), some(3, 1), 'pause', some(4, 1)))).toEqual([1, 3, 1])
  })

  it('waits for more while events come in numbers, and then for none', async () => {
    const many = giving(some(0, 20), some(20, 1), 'pause', some(21, 2), 'pause', some(23, 1))
    expect(await sizes(many, { events: 100, bytes: 1e6, interval: 500 })).toEqual([21, 3])
    const few = giving(some(0, 5), 'pause', some(5, 2), 'pause', some(7, 1))
    expect(await sizes(few, { events: 100, bytes: 1e6, interval: 500 })).toEqual([5, 2, 1])
  })

  it('counts bytes too', async () => {
    expect(await sizes(giving(some(0, 2), some(2, 2), some(4, 2)), { events: 1000, bytes: 700 })).toEqual([2, 2, 2])
  })

  it('gives what came before a failure, then the failure', async () => {
    expect(await sizes(giving(some(0, 2), new Error('lost')))).toEqual([2, 'Error: lost'])
    expect(await sizes(giving(some(0, 2), 'pause', new Error('lost')))).toEqual([2, 'Error: lost'])
  })

  it('leaves what comes lying while it may rest, and takes all of it then', async () => {
    let isRush = true
    setTimeout(300).then(() => {
      isRush = false
    })
    const rush = giving(some(0, 1), 'pause', some(1, 2), some(3, 1))
    expect(await sizes(rush, { events: 100, bytes: 1e6, mayRest: () => isRush })).toEqual([4])
  })

  it('rests once, and not again before it has caught up', async () => {
    let asked = 0
    const backlog = giving(some(0, 10), some(10, 10), some(20, 10), some(30, 1), 'pause', some(31, 1))
    expect(await sizes(backlog, { ...LIMITS, mayRest: () => ++asked % 2 === 1 })).toEqual([10, 10, 10, 1, 1])
    expect(asked).toBe(4)
  })

  it('rests no longer than it should', async () => {
    vi.spyOn(performance, 'now')
      .mockReturnValueOnce(0)
      .mockReturnValueOnce(LONGEST_REST - 1)
      .mockReturnValue(LONGEST_REST)
    expect(await sizes(giving(some(0, 3)), { ...LIMITS, mayRest: () => true })).toEqual([3])
    vi.restoreAllMocks()
  })

  it('takes no notice of empty batches', async () => {
    expect(await sizes(giving([], 'pause', [], some(0, 1), []))).toEqual([1])
  })
})
