import { describe, expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { approvalOvertaken } from './approval-overtaken.ts'

const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T12:00:00.000Z`
const terms = { approval: 'a', subject: 'aisystem:credit-scoring', subjectVersion: 0, expiresAt: day(31) }
const requested = () => fact('ApprovalRequested', day(1), terms)
const granted = () => fact('ApprovalGranted', day(2), terms)
const lapses = (...events: Parameters<typeof follows>[1]) => follows(approvalOvertaken, events)

describe('a granted approval', () => {
  test('lapses with the first material change of its subject, once', () => {
    const changed = fact('SystemChanged', day(5))
    const cause = `${changed.stream}/${changed.id}`
    expect(lapses(requested(), granted(), changed, fact('SystemChanged', day(6)))).toEqual([
      {
        type: 'ApprovalLapsed',
        data: { approval: 'a', subject: 'aisystem:credit-scoring', because: 'subject_changed', cause, systems: ['credit-scoring'] },
        occurredAt: day(5),
        causationId: cause,
      },
    ])
  })

  test('lapses as it is granted when its subject had changed since it was asked for', () => {
    const changed = fact('SystemClassified', day(1))
    expect(lapses(requested(), changed, granted())).toMatchObject([
      { data: { cause: `${changed.stream}/${changed.id}` }, occurredAt: day(2) },
    ])
  })

  test('stays when another thing changes, or this one immaterially', () =>
    expect(lapses(granted(), fact('SystemChanged', day(5), { system: 'churn' }), fact('FeedbackRecorded', day(5)))).toEqual([]))

  test.each([
    ['expired', fact('SystemChanged', '2026-04-02T12:00:00.000Z')],
    ['was withdrawn', fact('SystemChanged', day(9))],
  ])('that %s does not lapse again', (why, changed) => {
    const withdrawn = fact('ApprovalWithdrawn', day(8), { approval: 'a', subject: terms.subject })
    expect(lapses(granted(), ...(why === 'was withdrawn' ? [withdrawn] : []), changed)).toEqual([])
  })
})

test('a pending approval does not lapse', () => expect(lapses(requested(), fact('SystemChanged', day(5)))).toEqual([]))
