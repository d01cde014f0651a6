import { expect, test } from 'vitest'
import { pauseAfter, usualSchedule } from './retry-schedule.ts'

const even = { random: 0.5, asked: null }

test('pauses double up to six hours, and end', () => {
  const pauses = Array.from({ length: 16 }, (_, i) => pauseAfter(i + 1, usualSchedule, even))
  expect(pauses.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000])
  expect(pauses[14]).toBe(6 * 60 * 60 * 1000)
  expect(pauses[15]).toBeNull()
})

test('they are spread by a fifth', () => {
  expect(pauseAfter(1, usualSchedule, { random: 0, asked: null })).toBe(4_000)
  expect(pauseAfter(1, usualSchedule, { random: 1, asked: null })).toBe(6_000)
})

test('what the receiver asks for counts if it is longer, within six hours', () => {
  expect(pauseAfter(1, usualSchedule, { random: 0.5, asked: 60_000 })).toBe(60_000)
  expect(pauseAfter(1, usualSchedule, { random: 0.5, asked: 1_000 })).toBe(5_000)
  expect(pauseAfter(1, usualSchedule, { random: 0.5, asked: 1e9 })).toBe(6 * 60 * 60 * 1000)
})
