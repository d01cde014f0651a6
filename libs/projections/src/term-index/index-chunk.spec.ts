import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChunkTerms } from './chunk-terms.ts'
import { indexChunk } from './index-chunk.ts'
import { addStored, noOrdinals, offsetsOf } from './ordinal-set.ts'
import { LONGEST_PREFIX, type TermIndex } from './term-index.ts'

const SIZE = 32
const FREQUENT = 3
const index: TermIndex = { layout: { size: SIZE, frequent: FREQUENT }, chunksPerTag: 4, prefixes: true }
const CHUNK = 9

const word = fc.oneof(
  fc.stringMatching(/^[ab]{1,4}$/),
  fc.stringMatching(/^abcdefghijk[l-n]{1,6}$/),
  fc.constantFrom('größe', 'grün', 'grüße', '数据', '数学', '🦊', '🦊🦉', 'x'.repeat(64)),
)
/** The words of each event of a chunk. */
const chunk = fc.array(fc.array(word, { maxLength: 12 }), { minLength: SIZE, maxLength: SIZE })

function eventsOf(words: readonly (readonly string[])[]) {
  return words.map((own, i) => ({ number: CHUNK * SIZE + i, terms: ` ${own.join(' ')} ` }))
}

/** What the index says of the chunk, read in `found`. */
function indexed(words: readonly (readonly string[])[], found: ChunkTerms) {
  const events = eventsOf(words)
  found.read(events, SIZE)
  const { sets, frequent, rare } = indexChunk(
    CHUNK,
    events.map(({ number }) => number),
    found,
    index,
  )
  return {
    sets: sets.map(([term, , ordinals]) => [term, offsetsIn(ordinals)] as const),
    frequent: (frequent?.[1] ?? '').split(' ').filter(Boolean).sort(),
    rare: [...rare].map(([number, terms]) => [number, terms.split(' ').sort()]),
  }
}

function offsetsIn(stored: Uint8Array): number[] {
  const set = noOrdinals(SIZE)
  addStored(set, stored)
  return offsetsOf(set)
}

/** The same, by the definition: every term and every beginning, counted in every event. */
function expected(words: readonly (readonly string[])[]) {
  const events = words.map((own) => new Set(own))
  const terms = [...new Set(words.flat())]
  const having = (holds: (term: string) => boolean) => events.flatMap((own, i) => ([...own].some(holds) ? [i] : []))
  const count = (term: string) => having((other) => other === term).length
  const prefixes = [...new Set(terms.flatMap(beginnings))].filter((prefix) => {
    const own = terms.filter((term) => term.startsWith(prefix))
    return own.length > 1 && own.reduce((sum, term) => sum + count(term), 0) >= FREQUENT
  })
  const frequent = terms.filter((term) => count(term) >= FREQUENT)
  const sets = [
    ...frequent.map((term) => [term, having((other) => other === term)] as const),
    ...prefixes.map((prefix) => [`*${prefix}`, having((term) => term.startsWith(prefix))] as const),
  ]
  const rare = events.flatMap((own, i) => {
    const few = [...own].filter((term) => !frequent.includes(term)).map((term) => `2·${term}`)
    return few.length === 0 ? [] : [[CHUNK * SIZE + i, few.sort()]]
  })
  return { sets: sets.sort(([a], [b]) => (a < b ? -1 : 1)), frequent: frequent.sort(), rare }
}

function beginnings(term: string): string[] {
  const characters = [...term]
  return characters.map((_, i) => characters.slice(0, i + 1).join('')).filter((prefix) => Buffer.byteLength(prefix) <= LONGEST_PREFIX)
}

describe('the index of a chunk', () => {
  it('has the sets, words and rare terms that its definition says, one chunk after another in the same memory', () => {
    const found = new ChunkTerms()
    fc.assert(
      fc.property(chunk, (words) => {
        expect(indexed(words, found)).toEqual(expected(words))
      }),
    )
  })

  it('grows with what a chunk holds, says so, and takes a small one after it', () => {
    const found = new ChunkTerms()
    const large = Array.from({ length: SIZE }, (_, i) => Array.from({ length: 9_000 }, (_, k) => `word-${i}-${k}`))
    found.read(eventsOf(large), SIZE)
    expect(found.size).toBe(SIZE * 9_000)
    expect(found.isSmall).toBe(false)
    expect(found.rareTermsOf(1, FREQUENT, Buffer.from('0·')).split(' ')).toHaveLength(9_000)

    const small = Array.from({ length: SIZE }, (_, i) => [`a${i}`, 'all'])
    expect(indexed(small, found)).toEqual(expected(small))
    const fresh = new ChunkTerms()
    fresh.read(eventsOf(small), SIZE)
    expect(fresh.isSmall).toBe(true)
  })
})
