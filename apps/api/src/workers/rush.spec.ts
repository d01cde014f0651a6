import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Rush } from './rush.ts'
import { watchRush } from './watch-rush.ts'

/** As a worker sees it. */
const elsewhere = (rush: Rush) => new Rush(rush.memory)

describe('a rush', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-03-01T08:00:00Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('lets views rest, and its end does not', () => {
    const rush = new Rush()
    expect(elsewhere(rush).mayRest()).toBe(false)
    rush.isOn = true
    expect(elsewhere(rush).mayRest()).toBe(true)
    rush.isOn = false
    expect(elsewhere(rush).mayRest()).toBe(false)
  })

  it('does not let them rest while somebody looks', () => {
    const rush = new Rush()
    rush.isOn = true
    rush.looked()
    vi.advanceTimersByTime(5_000)
    expect(elsewhere(rush).mayRest()).toBe(false)
    vi.advanceTimersByTime(1_001)
    expect(elsewhere(rush).mayRest()).toBe(true)
  })
})

describe('watching for a rush', () => {
  /** Long enough for two measurements. */
  const twice = () => new Promise((resolve) => setTimeout(resolve, 1_100))
  const keepBusy = () => {
    const until = performance.now() + 700
    while (performance.now() < until);
  }

  it('says that there is one while the thread has more to do than it can, and when it is over', async () => {
    const rush = new Rush()
    const unwatch = watchRush(rush, 2)
    await twice()
    keepBusy()
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(rush.mayRest()).toBe(true)
    await twice()
    expect(rush.mayRest()).toBe(false)
    unwatch()
  })

  it('sees none where every thread has a processor of its own', async () => {
    const rush = new Rush()
    const unwatch = watchRush(rush, 16)
    keepBusy()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(rush.mayRest()).toBe(false)
    unwatch()
  })
})
