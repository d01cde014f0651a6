import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addOrdinal,
  addStored,
  allOrdinals,
  countOrdinals,
  encodeOffsets,
  encodeSet,
  keepBetween,
  keepCommon,
  noOrdinals,
  offsetsOf,
  removeOrdinal,
} from './ordinal-set.ts'

const SIZE = 4096
const offsets = fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }), { maxLength: 600 }).map((list) => list.sort((a, b) => a - b))

function setOf(list: readonly number[]) {
  const set = noOrdinals(SIZE)
  for (const offset of list) addOrdinal(set, offset)
  return set
}

describe('a set of ordinals', () => {
  it('gives back what was put in, counted and in order', () => {
    fc.assert(
      fc.property(offsets, (list) => {
        expect(offsetsOf(setOf(list))).toEqual(list)
        expect(countOrdinals(setOf(list))).toBe(list.length)
      }),
    )
  })

  it('is stored in at most 512 bytes and comes back the same', () => {
    fc.assert(
      fc.property(offsets, (list) => {
        const stored = encodeOffsets(list, SIZE)
        expect(stored.length).toBe(Math.min(list.length * 2, SIZE / 8))
        expect(encodeSet(setOf(list))).toEqual(stored)
        const back = noOrdinals(SIZE)
        addStored(back, stored)
        expect(offsetsOf(back)).toEqual(list)
      }),
    )
  })

  it('is cut and combined as sets are', () => {
    fc.assert(
      fc.property(
        offsets,
        offsets,
        fc.integer({ min: -40, max: SIZE + 40 }),
        fc.integer({ min: -40, max: SIZE + 40 }),
        (a, b, from, to) => {
          const both = setOf(a)
          expect(keepCommon(both, setOf(b))).toBe(offsetsOf(both).length > 0)
          expect(offsetsOf(both)).toEqual(a.filter((offset) => b.includes(offset)))
          const part = setOf(a)
          expect(keepBetween(part, from, to)).toBe(offsetsOf(part).length > 0)
          expect(offsetsOf(part)).toEqual(a.filter((offset) => offset >= from && offset < to))
        },
      ),
    )
  })

  it('can be everything, less one', () => {
    const set = allOrdinals(SIZE)
    expect(countOrdinals(set)).toBe(SIZE)
    removeOrdinal(set, 4095)
    expect(countOrdinals(set)).toBe(SIZE - 1)
    expect(offsetsOf(set).at(-1)).toBe(4094)
  })
})
