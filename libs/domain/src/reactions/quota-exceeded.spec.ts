import { describe, expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { quotaExceeded } from './quota-exceeded.ts'

const quota = (resource: string, limit: number, at = '2026-04-01T00:00:00.000Z') =>
  fact('QuotaSet', at, { resource, limit, unit: 'x', reason: undefined })
const cost = (quantity: number, from: string) =>
  fact('CostRecorded', '2026-04-20T00:00:00.000Z', { resource: 'tokens', quantity, period: { from, until: '2026-05-01T00:00:00.000Z' } })
const exceeded = (...events: Parameters<typeof follows>[1]) => follows(quotaExceeded, events)

describe('a monthly quota of a resource', () => {
  test('is exceeded by the cost that goes over it, once a month', () => {
    const over = cost(60, '2026-04-02T00:00:00.000Z')
    const events = [
      quota('tokens-per-month', 100),
      cost(50, '2026-04-01T00:00:00.000Z'),
      over,
      cost(60, '2026-04-03T00:00:00.000Z'),
      cost(90, '2026-05-01T00:00:00.000Z'),
      cost(20, '2026-05-02T00:00:00.000Z'),
    ]
    expect(exceeded(...events).map(({ data }) => data)).toEqual([
      { resource: 'tokens-per-month', limit: 100, used: 110, unit: 'x', cause: `${over.stream}/${over.id}` },
      { resource: 'tokens-per-month', limit: 100, used: 110, unit: 'x', cause: expect.any(String) },
    ])
  })

  test('is exceeded when it is lowered below the use', () =>
    expect(exceeded(quota('tokens-per-month', 100), cost(50, '2026-04-01T00:00:00.000Z'), quota('tokens-per-month', 40))).toHaveLength(1))

  test('that nobody set is not exceeded', () => expect(exceeded(cost(1e9, '2026-04-01T00:00:00.000Z'))).toEqual([]))
})

describe('a monthly quota of events', () => {
  const event = (at: string) => fact('FeedbackRecorded', at)

  test('counts every event of the workspace by the month in which it was recorded', () => {
    const events = ['03', '04', '05'].map((day) => event(`2026-04-${day}T00:00:00.000Z`))
    expect(exceeded(quota('events-per-month', 3), ...events)).toMatchObject([
      { data: { used: 4, limit: 3 }, occurredAt: '2026-04-05T00:00:00.000Z' },
    ])
    expect(exceeded(quota('events-per-month', 3), ...events.slice(0, 2), event('2026-05-01T00:00:00.000Z'))).toEqual([])
  })

  test('may stand in the opening of the workspace', () => {
    const opened = fact('WorkspaceOpened', '2026-01-01T00:00:00.000Z', {
      quotas: [{ resource: 'events-per-month', limit: 1, unit: 'events' }],
    })
    expect(exceeded(opened, event('2026-04-03T00:00:00.000Z'), event('2026-04-04T00:00:00.000Z'))).toHaveLength(1)
  })
})
