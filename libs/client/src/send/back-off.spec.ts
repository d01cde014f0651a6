import { describe, expect, test } from 'vitest'
import { backOff, pause, retryAfter } from './back-off.ts'

describe('the pause before another attempt', () => {
  test('doubles from a tenth of a second to half a minute, half of it by chance', () => {
    expect([1, 2, 3, 8, 9, 10, 1_000].map((failures) => backOff(failures, () => 1))).toEqual([
      100, 200, 400, 12_800, 25_600, 30_000, 30_000,
    ])
    expect(backOff(3, () => 0)).toBe(200)
  })

  test('is what the server says, in seconds or as a date', () => {
    const now = Date.parse('2026-03-01T08:00:00.000Z')
    expect(retryAfter('7', now)).toBe(7_000)
    expect(retryAfter('Sun, 01 Mar 2026 08:00:30 GMT', now)).toBe(30_000)
    expect(retryAfter('Sun, 01 Mar 2026 07:00:00 GMT', now)).toBe(0)
    expect(retryAfter('soon', now)).toBeNull()
    expect(retryAfter(null, now)).toBeNull()
  })

  test('ends at once when it is broken off', async () => {
    const stop = new AbortController()
    const started = performance.now()
    setTimeout(() => stop.abort(), 10)
    await pause(60_000, stop.signal)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
