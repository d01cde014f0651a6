import { expect, test } from 'vitest'
import { before, lastsSixMonths } from './duration.ts'

test.each([
  ['2026-08-31T12:00:00.000Z', 'P6M', '2026-02-28T12:00:00.000Z'],
  ['2028-08-31T00:00:00.000Z', 'P6M', '2028-02-29T00:00:00.000Z'],
  ['2026-03-15T00:00:00.000Z', 'P1Y6M', '2024-09-15T00:00:00.000Z'],
  ['2026-03-15T00:00:00.000Z', 'P2W1DT3H4M5S', '2026-02-27T20:55:55.000Z'],
  ['2024-02-29T00:00:00.000Z', 'P1Y', '2023-02-28T00:00:00.000Z'],
  ['2026-01-31T00:00:00.000Z', 'P2M', '2025-11-30T00:00:00.000Z'],
])('what is kept for %2$s until %1$s began then', (end, duration, start) => expect(before(end, duration)).toBe(start))

test('the longest durations that the schema takes have a beginning', () =>
  expect(before('2026-01-01T00:00:00.000Z', 'P99999Y99999M99999W99999D')).toMatch(/^-/))

test.each(['P6M', 'P1Y', 'P184D', 'P5M44D', 'P27W'])('%s lasts six months wherever it begins', (duration) =>
  expect(lastsSixMonths(duration)).toBe(true),
)

test.each(['P5M', 'P183D', 'P26W', 'PT4000H', 'P5M30D'])('%s may fall short of six months', (duration) =>
  expect(lastsSixMonths(duration)).toBe(false),
)
