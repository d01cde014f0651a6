import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdIndex } from './id-index.ts'

describe('the index of ids', () => {
  it('tells the version of what was added and, but for rare chance, of nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 400 }), fc.nat(), (ids, split) => {
        const added = ids.slice(0, 1 + (split % ids.length))
        const index = new IdIndex()
        for (const times of [1, 2]) for (const [version, id] of added.entries()) index.add(id, version * times)
        expect(index.size).toBe(added.length)
        expect(ids.map((id) => index.versionOf(id))).toEqual(ids.map((_, i) => (i < added.length ? i * 2 : null)))
      }),
      { numRuns: 200 },
    )
  })

  it('tells ids apart that differ in one digit only', () => {
    const digits = '0192f3c4-0000-7000-8000-000000000001'
    const near = [...digits].flatMap((digit, at) =>
      digit === '-' ? [] : [`${digits.slice(0, at)}${digit === 'e' ? 'd' : 'e'}${digits.slice(at + 1)}`],
    )
    const index = new IdIndex()
    for (let i = 0; i < 300_000; i++) index.add(`0192f3c4-0000-7000-8000-${i.toString(16).padStart(12, '0')}`, i)
    expect(index.size).toBe(300_000)
    expect(index.versionOf('0192f3c4-0000-7000-8000-0000000493df')).toBe(299_999)
    expect(near.slice(0, -6).filter((id) => index.versionOf(id) !== null)).toEqual([])
  })
})
