import { describe, expect, test } from 'vitest'
import { ServerClock } from './server-clock.ts'

const START = '2025-05-20T08:00:00.000Z'

describe('the clock of a server', () => {
  test('is the machine’s, and nobody sets it', () => {
    const clock = new ServerClock()
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(100)
    expect(clock.isSimulated).toBe(false)
    expect(() => clock.advance('2099-01-01T00:00:00.000Z')).toThrow('real')
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(100)
  })

  test('of a sample begins with the story, goes on by itself and forward only', async () => {
    const clock = new ServerClock()
    clock.simulateFrom(START)
    expect(clock.isSimulated).toBe(true)
    expect(clock.instant().slice(0, 16)).toBe('2025-05-20T08:00')
    const before = clock.now()
    await new Promise((settle) => setTimeout(settle, 20))
    expect(clock.now()).toBeGreaterThan(before)
    clock.advance('2025-06-01T12:00:00.000Z')
    expect(clock.instant().slice(0, 16)).toBe('2025-06-01T12:00')
    clock.advance('2025-05-25T00:00:00.000Z')
    expect(clock.instant().slice(0, 16)).toBe('2025-06-01T12:00')
  })

  test('shows the same in every thread that shares its memory', () => {
    const clock = new ServerClock()
    const elsewhere = new ServerClock(clock.memory)
    clock.simulateFrom(START)
    expect(elsewhere.isSimulated).toBe(true)
    expect(Math.abs(elsewhere.now() - clock.now())).toBeLessThan(100)
  })
})
