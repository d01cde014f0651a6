import { describe, expect, it } from 'vitest'
import { pastPresets, typedInstant } from './past-presets.ts'

describe('days of the past', () => {
  it('are ends of the reader’s days', () => {
    const now = new Date(2026, 4, 31, 8, 5)
    const ends = [
      [2026, 4, 30],
      [2026, 4, 24],
      [2026, 3, 30],
      [2026, 1, 28],
      [2025, 4, 31],
    ] as const
    expect(pastPresets(now).map(({ instant }) => instant)).toEqual(
      ends.map(([year, month, day]) => new Date(year, month, day, 23, 59, 59, 999).toISOString()),
    )
  })
})

describe('a typed time', () => {
  const now = new Date(2026, 4, 31, 8, 5, 12, 345)
  it.each([
    ['2026-05-01T23:59:59', new Date(2026, 4, 1, 23, 59, 59, 999)],
    ['2026-05-01T12:00', new Date(2026, 4, 1, 12, 0, 0, 999)],
    ['2026-05-31T08:05:12', now],
    ['2026-05-31T09:00', new Date(2026, 4, 31, 9)],
  ])('%s', (text, instant) => expect(typedInstant(text, now)).toBe(instant.toISOString()))
  it('may be none', () => expect(typedInstant('', now)).toBeNull())
})
