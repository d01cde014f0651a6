import { expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { approvalExpiring } from './approval-expiring.ts'

const granted = fact('ApprovalGranted', '2026-03-02T12:00:00.000Z', { approval: 'a' })

test('two weeks before the end of an approval a task to renew it is opened', () =>
  expect(follows(approvalExpiring, [granted])).toMatchObject([
    {
      type: 'TaskOpened',
      data: { task: `renew-approval-${granted.id}`, for: 'model:cs@7', due: '2026-03-31T22:00:00.000Z', systems: ['credit-scoring'] },
      occurredAt: '2026-03-17T22:00:00.000Z',
    },
  ]))

test('not when it has ended before, and not for a short term', () => {
  const withdrawn = fact('ApprovalWithdrawn', '2026-03-10T12:00:00.000Z', { approval: 'a' })
  const short = fact('ApprovalGranted', '2026-03-20T12:00:00.000Z', { approval: 'a' })
  expect(follows(approvalExpiring, [granted, withdrawn])).toEqual([])
  expect(follows(approvalExpiring, [short])).toEqual([])
})

test('not of what was retired since, while another version of it is still in use', () => {
  const older = fact('ApprovalGranted', '2026-03-01T12:00:00.000Z', { approval: 'b', subject: 'model:cs@6' })
  const retired = fact('ModelRetired', '2026-03-05T12:00:00.000Z', { model: 'cs', version: '6' })
  expect(follows(approvalExpiring, [older, granted, retired]).map(({ data }) => data.for)).toEqual(['model:cs@7'])
  const whole = fact('ModelRetired', '2026-03-06T12:00:00.000Z', { model: 'cs', version: undefined })
  expect(follows(approvalExpiring, [older, granted, whole])).toEqual([])
  const system = fact('ApprovalGranted', '2026-03-01T12:00:00.000Z', { approval: 'c', subject: 'aisystem:credit-scoring' })
  expect(follows(approvalExpiring, [system, fact('SystemRetired', '2026-03-05T12:00:00.000Z', { system: 'credit-scoring' })])).toEqual([])
})
