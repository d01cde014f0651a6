import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdSet } from './id-set.ts'

describe('the set of ids', () => {
  it('holds what was added and, but for rare chance, nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 400 }), fc.nat(), (ids, split) => {
        const added = ids.slice(0, 1 + (split % ids.length))
        const set = new IdSet()
        for (const id of [...added, ...added]) set.add(id)
        expect(set.size).toBe(added.length)
        expect(ids.filter((id) => set.mayHold(id))).toEqual(added)
      }),
      { numRuns: 200 },
    )
  })

  it('tells ids apart that differ in one digit only', () => {
    const digits = '0192f3c4-0000-7000-8000-000000000001'
    const near = [...digits].flatMap((digit, at) =>
      digit === '-' ? [] : [`${digits.slice(0, at)}${digit === 'e' ? 'd' : 'e'}${digits.slice(at + 1)}`],
    )
    const set = new IdSet()
    for (let i = 0; i < 100_000; i++) set.add(`0192f3c4-0000-7000-8000-${i.toString(16).padStart(12, '0')}`)
    expect(set.size).toBe(100_000)
    expect(near.slice(0, -6).filter((id) => set.mayHold(id))).toEqual([])
  })
})
