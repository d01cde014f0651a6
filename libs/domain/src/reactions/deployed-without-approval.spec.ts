import { describe, expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { deployedWithoutApproval } from './deployed-without-approval.ts'

const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T12:00:00.000Z`
const terms = { approval: 'a', subject: 'model:cs@7', subjectVersion: 1_000_000, expiresAt: day(31) }
const granted = fact('ApprovalGranted', day(2), terms)
const deployed = (at: string, changes: Record<string, unknown> = {}) => fact('VersionDeployed', at, changes)
const violations = (...events: Parameters<typeof follows>[1]) => follows(deployedWithoutApproval, events)

describe('a deployment to production', () => {
  test('without an approval is a violation that names the event and its systems', () => {
    const deployment = deployed(day(3))
    const event = `${deployment.stream}/${deployment.id}`
    expect(violations(deployment)).toEqual([
      {
        type: 'ViolationRecorded',
        data: {
          violation: `deployed-without-approval-${deployment.id}`,
          rule: 'deployed-without-approval',
          subject: 'model:cs@7',
          event,
          systems: ['credit-scoring'],
        },
        occurredAt: day(3),
        causationId: event,
      },
    ])
  })

  test('with an approval in force is none', () => expect(violations(granted, deployed(day(3)))).toEqual([]))

  test.each([
    ['of another version', deployed(day(3), { version: '8' })],
    ['that is not yet granted', deployed(day(1))],
    ['that expired', deployed(day(31))],
  ])('with an approval %s is one', (_why, deployment) => expect(violations(granted, deployment)).toHaveLength(1))

  test('after the approval was withdrawn, or its subject changed, is one', () => {
    const withdrawn = fact('ApprovalWithdrawn', day(4), { approval: 'a', subject: 'model:cs@7' })
    expect(violations(granted, withdrawn, deployed(day(5)))).toHaveLength(1)
    expect(violations(granted, fact('ModelVersionRegistered', day(4)), deployed(day(5)))).toHaveLength(1)
  })

  test('is judged at the instant at which it occurred, however late it was recorded', () => {
    const withdrawn = fact('ApprovalWithdrawn', day(4), { approval: 'a', subject: 'model:cs@7' })
    expect(violations(granted, withdrawn, deployed(day(3)))).toEqual([])
  })
})

describe('a deployment that is corrected', () => {
  const staged = deployed(day(3), { environment: 'staging' })
  const corrected = (deployment: typeof staged, at: string, changes: Record<string, unknown>) =>
    fact('EventCorrected', at, {
      event: `${deployment.stream}/${deployment.id}`,
      type: 'VersionDeployed',
      data: { ...deployment.data, ...changes },
    })

  test('to production is a violation like one that was told so at once', () => {
    const correction = corrected(staged, day(9), { environment: 'production' })
    const cause = `${correction.stream}/${correction.id}`
    expect(violations(staged, correction)).toMatchObject([
      { data: { subject: 'model:cs@7', event: `${staged.stream}/${staged.id}` }, occurredAt: day(9), causationId: cause },
    ])
  })

  test('is judged at the instant at which it occurred', () => {
    const correction = corrected(staged, day(9), { environment: 'production' })
    expect(violations(fact('ApprovalGranted', day(5), terms), staged, correction)).toHaveLength(1)
    const withdrawn = fact('ApprovalWithdrawn', day(4), { approval: 'a', subject: 'model:cs@7' })
    expect(violations(granted, staged, withdrawn, correction)).toEqual([])
  })

  test('to a version that nobody approved is one', () => {
    const approved = deployed(day(3))
    expect(violations(granted, approved, corrected(approved, day(4), { version: '8' }))).toMatchObject([
      { data: { subject: 'model:cs@8' } },
    ])
  })

  test('in something else is none again', () => {
    const unapproved = deployed(day(3))
    expect(
      violations(unapproved, corrected(unapproved, day(4), { share: 0.2 }), corrected(unapproved, day(5), { share: 0.3 })),
    ).toHaveLength(1)
    expect(violations(staged, corrected(staged, day(4), { share: 0.2 }))).toEqual([])
  })
})

test.each(['production', 'prod', 'prod-eu-1', 'live'])('%s is production', (environment) =>
  expect(violations(deployed(day(3), { environment }))).toHaveLength(1),
)

test.each(['staging', 'test', 'productionlike', 'pre-prod', 'delivery'])('%s is not', (environment) =>
  expect(violations(deployed(day(3), { environment }))).toEqual([]),
)
