import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataArbitrary, fewIds } from '../../testing/event-arbitrary.ts'
import { fact, run } from '../../testing/react.ts'
import { eventType, eventTypes } from '../event-types.ts'
import { reactions } from './reactions.ts'

test('rules stand in an order that only grows', () => {
  expect(Object.isFrozen(reactions)).toBe(true)
  expect(reactions.map(({ rule }) => rule)).toEqual([
    'deployed-without-approval',
    'approval-overtaken',
    'approval-expired',
    'approval-expiring',
    'evidence-expiring',
    'authority-deadline',
    'drift-unresolved',
    'quota-exceeded',
    'payload-expired',
  ])
})

test('what a rule follows exists', () => {
  for (const { follows: types } of reactions) for (const type of types) expect(eventType(type)?.name).toBe(type)
})

test('no rule follows what it leads to itself, but for the end of an approval', () => {
  for (const { rule, follows: types } of reactions)
    for (const type of ['ViolationRecorded', 'TaskOpened', 'TaskDone', 'QuotaExceeded', 'PayloadExpired'])
      expect([rule, types.has(type)]).toEqual([rule, false])
})

const END = '2028-01-01T00:00:00.000Z'
const followed = eventTypes.filter(({ name }) => reactions.some(({ follows: types }) => types.has(name)))
const histories = fc.array(
  fc.oneof(
    ...followed.map((type) =>
      fc
        .tuple(fc.constant(type.name), dataArbitrary(type, fewIds), fc.integer({ min: 0, max: 400 }))
        .map(([name, data, day]) => ({ name, data, day })),
    ),
  ),
  { maxLength: 15 },
)

test('every rule is total: whatever was recorded, in whatever order, what follows is well-formed and the same again', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const events = history
        .toSorted((a, b) => a.day - b.day)
        .map(({ name, data, day }) => fact(name, new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString(), withOwn(name, data)))
      for (const rule of reactions) expect(run(rule, events, END)).toEqual(run(rule, events, END))
    }),
    { numRuns: 60 },
  )
})

/** Exactly this data: the fields of the example that it doesn't have are left out. */
function withOwn(name: string, data: Record<string, unknown>): Record<string, unknown> {
  const absent = Object.keys(eventType(name)?.example as object).filter((key) => !Object.hasOwn(data, key))
  return { ...Object.fromEntries(absent.map((key) => [key, undefined])), ...data }
}
