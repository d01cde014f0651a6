import { describe, expect, test } from 'vitest'
import { eventTypes } from './event-types.ts'
import { parseEvent } from './parse-event.ts'
import { summarise } from './summary.ts'

test('sentences', () => {
  expect(
    summarise('BiasAudited', {
      model: 'cs',
      version: '7',
      protectedAttribute: 'gender',
      metric: 'selection_rate',
      passed: false,
      groups: [{}, {}],
    }),
  ).toBe('Bias audit of cs 7 by gender, selection_rate: failed over 2 groups.')
  expect(
    summarise('VersionDeployed', { model: 'cs', version: '7', environment: 'production', kind: 'real_time', strategy: 'blue_green' }),
  ).toBe('Model cs 7 was deployed to production (real time, blue green).')
  expect(summarise('ProjectFunded', { project: 'churn', amount: { amount: '1200.50', currency: 'EUR' } })).toBe(
    'The project churn was funded with 1200.50 EUR.',
  )
  expect(
    summarise('VersionDeployed', {
      model: 'cs',
      version: '7',
      environment: 'production',
      kind: 'batch',
      strategy: 'canary',
      share: 0.07,
    }),
  ).toBe('Model cs 7 was deployed to production (batch, canary) for 7 % of the traffic.')
  expect(summarise('IncidentReported', { incident: 'i', category: 'outage', severity: 'low', systems: ['cs'] })).toBe(
    'Incident i was reported: outage, severity low, 1 system.',
  )
  expect(
    summarise('ApprovalGranted', {
      approval: 'a',
      subject: 'model:cs@7',
      approvers: ['per_a', 'per_b'],
      expiresAt: '2026-03-31T22:00:00.000Z',
    }),
  ).toBe('Approval a of model:cs@7 was granted by 2 people until 2026-03-31 22:00 UTC.')
  const trainedOn = ['a@1', 'b@1', 'c@1', 'd@1', 'e@1', 'f@1', 'g@1']
  expect(summarise('ModelVersionRegistered', { model: 'cs', version: '7', trainedOn })).toBe(
    'Version 7 of model cs was registered, trained on a@1, b@1, c@1, d@1, e@1 and 2 more.',
  )
  expect(summarise('LineageReported', { run: 'r', job: { namespace: 'airflow', name: 'monthly' }, eventType: 'COMPLETE' })).toMatch(
    /: complete\.$/,
  )
  expect(summarise('RegisteredInEuDatabase', { system: 'cs', database: 'eu', section: 'A' })).toMatch(/section A\.$/)
  expect(summarise('SystemDreamt', {})).toContain('SystemDreamt')
})

describe.each(eventTypes.map((type) => [type.name, type] as const))('%s', (name, type) => {
  test('is one sentence about its example, and one about nothing at all', () => {
    const outcome = parseEvent(name, type.example, '2026-03-04T07:15:00.000Z')
    const sentence = summarise(name, outcome.status === 'parsed' ? outcome.event.data : null)
    expect(sentence).toMatch(/^.{10,300}\.$/)
    expect(sentence).not.toMatch(/[{}[\]]|undefined|not given/)
    for (const data of [{}, null, 7, [], { system: { erased: true }, model: { enc: 1 }, systems: 'x' }])
      expect(summarise(name, data)).toMatch(/^[^{}[\]]{5,300}\.$/)
  })
})
