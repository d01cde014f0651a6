import { describe, expect, it } from 'vitest'
import { RecentlyUsed } from './recently-used.ts'

const entry = (weight = 1) => ({ weight })

describe('what was used recently', () => {
  it('keeps what is used and forgets the rest', () => {
    const cache = new RecentlyUsed<number, object>(20)
    cache.set(-1, entry())
    for (let key = 0; key < 1000; key++) {
      cache.set(key, entry())
      expect(cache.get(-1)).toBeDefined()
    }
    expect(cache.get(999)).toBeDefined()
    expect(cache.get(980)).toBeUndefined()
    expect(cache.get(0)).toBeUndefined()
  })

  it('holds no more than it weighs', () => {
    const cache = new RecentlyUsed<number, { weight: number }>(100, (value) => value.weight)
    for (let key = 0; key < 50; key++) cache.set(key, entry(10))
    const held = Array.from({ length: 50 }, (_, key) => key).filter((key) => cache.get(key) !== undefined)
    expect(held.length).toBeGreaterThanOrEqual(5)
    expect(held.length).toBeLessThanOrEqual(12)
  })

  it('counts a value anew when it is set again', () => {
    const cache = new RecentlyUsed<string, { weight: number }>(100, (value) => value.weight)
    const growing = entry(1)
    cache.set('idle', entry(1))
    for (growing.weight = 1; growing.weight <= 40; growing.weight++) cache.set('growing', growing)
    expect(cache.get('idle')).toBeDefined()
    for (; growing.weight <= 120; growing.weight += 20) cache.set('growing', growing)
    expect(cache.get('growing')).toBe(growing)
    expect(cache.get('idle')).toBeUndefined()
  })

  it('forgets what is deleted', () => {
    const cache = new RecentlyUsed<string, object>(4)
    cache.set('a', entry())
    cache.delete('a')
    cache.delete('b')
    expect(cache.get('a')).toBeUndefined()
  })
})
