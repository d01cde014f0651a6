import { expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { approvalExpired } from './approval-expired.ts'

const granted = fact('ApprovalGranted', '2026-03-02T12:00:00.000Z', { approval: 'a' })
const ended = (type: string) => fact(type, '2026-03-10T12:00:00.000Z', { approval: 'a' })

test('a granted approval lapses at the end of its term', () => {
  expect(follows(approvalExpired, [granted], '2026-03-31T21:59:59.999Z')).toEqual([])
  expect(follows(approvalExpired, [granted])).toEqual([
    {
      type: 'ApprovalLapsed',
      data: { approval: 'a', subject: 'model:cs@7', because: 'expired', systems: ['credit-scoring'] },
      occurredAt: '2026-03-31T22:00:00.000Z',
      causationId: `${granted.stream}/${granted.id}`,
    },
  ])
})

test.each(['ApprovalWithdrawn', 'ApprovalLapsed'])('one that ended by %s does not', (type) =>
  expect(follows(approvalExpired, [granted, ended(type)])).toEqual([]),
)
