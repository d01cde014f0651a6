import { describe, expect, test } from 'vitest'
import { person } from '../../testing/given.ts'
import { fact, run } from '../../testing/react.ts'
import { payloadExpired } from './payload-expired.ts'

const anna = person('anna')
const rule = (at: string, changes: Record<string, unknown> = {}) =>
  fact('RetentionSet', at, { dataset: 'notes', keep: 'P30D', expires: ['DecisionReviewed'], systems: undefined, ...changes }, anna)
const released = (at: string) => fact('LegalHoldReleased', at, {}, anna)
const runOut = (events: Parameters<typeof run>[1], until: string) => run(payloadExpired, events, until).expiries
const SET = rule('2026-03-02T08:00:00.000Z')

describe('a retention rule of this record', () => {
  test('looks at everything once it stands, from the next day on, and each day at what came since', () => {
    const reference = `${SET.stream}/${SET.id}`
    expect(runOut([SET], '2026-03-04T12:00:00.000Z')).toEqual([
      {
        rule: { rule: 'notes', keep: 'P30D', types: ['DecisionReviewed'], systems: [] },
        until: '2026-02-01T00:00:00.000Z',
        fromBeginning: true,
        occurredAt: '2026-03-03T00:00:00.000Z',
        causationId: reference,
      },
      expect.objectContaining({ until: '2026-02-02T00:00:00.000Z', fromBeginning: false, causationId: reference }),
    ])
    expect(runOut([SET], '2026-03-02T23:59:59.999Z')).toEqual([])
  })

  test('is replaced by a later one, which begins anew', () => {
    const longer = rule('2026-03-04T09:00:00.000Z', { keep: 'P60D' })
    expect(
      runOut([SET, longer], '2026-03-06T12:00:00.000Z').map(({ until, fromBeginning }) => [until.slice(0, 10), fromBeginning]),
    ).toEqual([
      ['2026-02-01', true],
      ['2026-02-02', false],
      ['2026-01-04', true],
      ['2026-01-05', false],
    ])
  })

  test('is withdrawn by one that no longer names types of this record', () =>
    expect(runOut([SET, rule('2026-03-02T09:00:00.000Z', { expires: undefined })], '2026-04-01T00:00:00.000Z')).toEqual([]))

  test('that is about data elsewhere lets nothing expire here', () =>
    expect(runOut([rule('2026-03-02T08:00:00.000Z', { expires: undefined })], '2026-04-01T00:00:00.000Z')).toEqual([]))
})

describe('the release of a legal hold', () => {
  test('lets go what had run out meanwhile, and no more than that', () => {
    const release = released('2026-03-04T10:00:00.000Z')
    expect(runOut([SET, release], '2026-03-04T12:00:00.000Z').at(-1)).toMatchObject({
      until: '2026-02-02T00:00:00.000Z',
      fromBeginning: true,
      occurredAt: '2026-03-04T10:00:00.000Z',
      causationId: `${release.stream}/${release.id}`,
    })
  })

  test('before a rule has taken effect leads to nothing', () =>
    expect(runOut([SET, released('2026-03-02T10:00:00.000Z')], '2026-03-02T12:00:00.000Z')).toEqual([]))
})
