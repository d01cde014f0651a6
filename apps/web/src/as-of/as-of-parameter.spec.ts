import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asOfParameter, withParameter } from './as-of-parameter.ts'

const now = new Date('2026-11-21T08:00:00.000Z')

describe('the instant of a link', () => {
  it('is now where none is named', () => expect(asOfParameter(undefined, now)).toEqual({ status: 'now' }))

  it.each([
    ['2026-05-01T23:59:59.999Z', '2026-05-01T23:59:59.999Z'],
    ['2026-05-01T23:59:59Z', '2026-05-01T23:59:59.000Z'],
    ['2026-05-01T23:59Z', '2026-05-01T23:59:00.000Z'],
    ['2026-05-01T23:59:59.999+02:00', '2026-05-01T21:59:59.999Z'],
    ['2026-11-21T08:00:00.000Z', '2026-11-21T08:00:00.000Z'],
  ])('%s is %s', (text, instant) => expect(asOfParameter(text, now)).toEqual({ status: 'past', instant }))

  it('is the end of the reader’s day where a day is named', () => {
    const instant = new Date(2026, 4, 1, 23, 59, 59, 999).toISOString()
    expect(asOfParameter('2026-05-01', now)).toEqual({ status: 'past', instant })
  })

  it.each(['', 'yesterday', '2026-02-31', '2026-02-31T00:00:00Z', '2026-05-01T23:59:59', '2026-13-01', '1777676399', '0000-00-00'])(
    '“%s” is none',
    (text) => expect(asOfParameter(text, now)).toEqual({ status: 'refused', problem: 'not-an-instant' }),
  )

  it.each(['2026-11-21T08:00:00.001Z', '2027-01-01'])('%s has not come yet', (text) =>
    expect(asOfParameter(text, now)).toEqual({ status: 'refused', problem: 'not-past' }),
  )

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: now, noInvalidDate: true }), (at) => {
        expect(asOfParameter(at.toISOString(), now)).toEqual({ status: 'past', instant: at.toISOString() })
      }),
    )
  })
})

describe('the second date of a link', () => {
  const may = { status: 'past', instant: '2026-05-01T21:59:59.999Z' } as const

  it.each([
    [undefined, { status: 'none' }],
    ['now', { status: 'now' }],
    ['2026-04-01T00:00Z', { status: 'past', instant: '2026-04-01T00:00:00.000Z' }],
    ['2026-06-01T00:00:00.000Z', { status: 'past', instant: '2026-06-01T00:00:00.000Z' }],
    ['2026-05-01T23:59:59.999+02:00', { status: 'refused', problem: 'same' }],
    ['2999-01-01', { status: 'refused', problem: 'not-past' }],
    ['soon', { status: 'refused', problem: 'not-an-instant' }],
  ] as const)('beside a day of May, %s is %j', (text, expected) => expect(withParameter(text, may, now)).toEqual(expected))

  it('beside now is a day of the past, and not now again', () => {
    expect(withParameter(may.instant, { status: 'now' }, now)).toEqual(may)
    expect(withParameter('now', { status: 'now' }, now)).toEqual({ status: 'refused', problem: 'same' })
  })

  it('is passed over where the first can’t be read', () => {
    expect(withParameter(may.instant, { status: 'refused', problem: 'not-past' }, now)).toEqual({ status: 'none' })
  })
})
