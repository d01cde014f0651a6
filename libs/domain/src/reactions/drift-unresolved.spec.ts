import { expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { driftUnresolved } from './drift-unresolved.ts'

const alert = fact('DriftDetected', '2026-04-01T08:00:00.000Z')
const resolved = (at: string, changes: Record<string, unknown> = {}) => fact('DriftResolved', at, changes)

test('a drift that is not resolved within a week opens a task', () =>
  expect(follows(driftUnresolved, [alert])).toMatchObject([
    {
      type: 'TaskOpened',
      data: { task: `resolve-drift-${alert.id}`, for: 'model:cs@7', due: '2026-04-15T08:00:00.000Z' },
      occurredAt: '2026-04-08T08:00:00.000Z',
    },
  ]))

test('one that is resolved in time opens none; the resolution of another metric does not count', () => {
  expect(follows(driftUnresolved, [alert, resolved('2026-04-05T08:00:00.000Z')])).toEqual([])
  expect(follows(driftUnresolved, [alert, resolved('2026-04-05T08:00:00.000Z', { metric: 'ks' })])).toHaveLength(1)
})

test('further alerts of it do not start the clock anew', () => {
  const again = fact('DriftDetected', '2026-04-07T08:00:00.000Z')
  expect(follows(driftUnresolved, [alert, again])).toHaveLength(1)
})

test('the task is done when it is resolved at last; a new drift opens another', () => {
  const late = resolved('2026-04-20T08:00:00.000Z')
  const next = fact('DriftDetected', '2026-05-01T08:00:00.000Z')
  expect(follows(driftUnresolved, [alert, late, next]).map(({ type, data }) => [type, data.task])).toEqual([
    ['TaskOpened', `resolve-drift-${alert.id}`],
    ['TaskDone', `resolve-drift-${alert.id}`],
    ['TaskOpened', `resolve-drift-${next.id}`],
  ])
})

test('of a version that was retired since nobody is asked', () => {
  const retired = (version: string) => fact('ModelRetired', '2026-04-05T08:00:00.000Z', { model: 'cs', version })
  expect(follows(driftUnresolved, [alert, retired('7')])).toEqual([])
  expect(follows(driftUnresolved, [alert, retired('6')])).toHaveLength(1)
})
