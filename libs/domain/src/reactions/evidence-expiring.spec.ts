import { describe, expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { evidenceExpiring } from './evidence-expiring.ts'
import { expiringEvidence } from './expiring-evidence.ts'

const berlin = fact('WorkspaceOpened', '2026-01-01T00:00:00.000Z', { workspace: 'ws_1' })
const assessed = fact('RiskAssessed', '2026-03-02T12:00:00.000Z', { validUntil: '2026-08-31' })
const tasks = (...events: Parameters<typeof follows>[1]) => follows(evidenceExpiring, [berlin, ...events])

describe('evidence that is about to end', () => {
  test('opens a task 30 days before the end of its last day in the legal time zone', () =>
    expect(tasks(assessed)).toMatchObject([
      {
        type: 'TaskOpened',
        data: { task: `renew-${assessed.id}`, for: 'aisystem:credit-scoring', due: '2026-08-31T22:00:00.000Z' },
        occurredAt: '2026-08-01T22:00:00.000Z',
        causationId: `${assessed.stream}/${assessed.id}`,
      },
    ]))

  test('opens none when something newer took its place', () => {
    const renewed = fact('RiskAssessed', '2026-06-01T12:00:00.000Z', { validUntil: '2027-08-31' })
    expect(tasks(assessed, renewed).map(({ data }) => data.task)).toEqual([`renew-${renewed.id}`])
    const endless = fact('RiskAssessed', '2026-06-01T12:00:00.000Z', { validUntil: undefined })
    expect(tasks(assessed, endless)).toEqual([])
  })

  test('is told apart by template, kind, version', () => {
    const other = fact('RiskAssessed', '2026-06-01T12:00:00.000Z', { template: 'agents', validUntil: '2027-08-31' })
    expect(tasks(assessed, other)).toHaveLength(2)
  })

  test('is done when it is renewed late', () => {
    const renewed = fact('RiskAssessed', '2026-08-20T12:00:00.000Z', { validUntil: undefined })
    expect(tasks(assessed, renewed).map(({ type, data }) => [type, data.task])).toEqual([
      ['TaskOpened', `renew-${assessed.id}`],
      ['TaskDone', `renew-${assessed.id}`],
    ])
  })

  test('of a retired system opens none; the retirement of a version does not retire the model', () => {
    expect(tasks(assessed, fact('SystemRetired', '2026-06-01T12:00:00.000Z'))).toEqual([])
    const card = fact('ModelCardPublished', '2026-03-02T12:00:00.000Z', { validUntil: '2026-08-31' })
    expect(tasks(card, fact('ModelRetired', '2026-06-01T12:00:00.000Z', { version: '6' }))).toHaveLength(1)
    expect(tasks(card, fact('ModelRetired', '2026-06-01T12:00:00.000Z', { version: '7' }))).toEqual([])
    expect(tasks(card, fact('ModelRetired', '2026-06-01T12:00:00.000Z', { version: undefined }))).toEqual([])
  })

  test('that was over when it was recorded is history', () =>
    expect(tasks(fact('RiskAssessed', '2026-10-01T12:00:00.000Z', { validUntil: '2026-08-31' }))).toEqual([]))

  test('that is recorded late is due after a day of grace', () =>
    expect(tasks(fact('RiskAssessed', '2026-08-20T12:00:00.000Z', { validUntil: '2026-08-31' }))).toMatchObject([
      { occurredAt: '2026-08-21T12:00:00.000Z' },
    ]))
})

test.each(expiringEvidence)('$type opens a task', ({ type, until }) => {
  const evidence = fact(type, '2026-03-02T12:00:00.000Z', {
    [until]: '2026-08-31',
    ...(type === 'DocumentAttached' && { validFrom: '2026-01-01' }),
  })
  expect(tasks(evidence)).toMatchObject([{ type: 'TaskOpened', data: { due: '2026-08-31T22:00:00.000Z' } }])
})
