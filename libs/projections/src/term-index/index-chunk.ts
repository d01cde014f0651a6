import type { TokenRow } from '../read-model/read-model.ts'
import type { ChunkTerms } from './chunk-terms.ts'
import { frequentPrefixes } from './frequent-prefixes.ts'
import { encodeOffsets } from './ordinal-set.ts'
import { prefixTerm, type TermIndex, tagBefore, tagOf } from './term-index.ts'

/** Rows for the tables of a term index. */
export interface ChunkIndex {
  /** In the order of their terms: neighbours in the table go in together. */
  readonly sets: (readonly [term: string, chunk: number, ordinals: Uint8Array])[]
  readonly frequent: readonly [chunk: number, words: string] | null
  /** Made one by one: all of them are as much text as the chunk's events have. To be read before `found` takes another chunk. */
  readonly rare: Iterable<TokenRow>
}

/** The index of one chunk, from the terms of all of its events, whose numbers ascend. */
export function indexChunk(chunk: number, numbers: readonly number[], found: ChunkTerms, index: TermIndex): ChunkIndex {
  const { size, frequent } = index.layout
  const sets: [string, number, Uint8Array][] = []
  for (let number = 0; number < found.size; number++) {
    if (found.count(number) >= frequent) sets.push([found.term(number), chunk, encodeOffsets(found.offsets(number), size)])
  }
  const words = ` ${sets.map(([term]) => term).join(' ')} `
  if (index.prefixes) {
    for (const [prefix, ordinals] of frequentPrefixes(found, index.layout)) sets.push([prefixTerm(prefix), chunk, ordinals])
  }
  sets.sort(([a], [b]) => (a < b ? -1 : 1))
  return { sets, frequent: index.prefixes ? [chunk, words] : null, rare: rareRows(chunk, numbers, found, index) }
}

function* rareRows(chunk: number, numbers: readonly number[], found: ChunkTerms, index: TermIndex): Generator<TokenRow> {
  const before = Buffer.from(tagBefore(tagOf(chunk, index)))
  for (const [i, number] of numbers.entries()) {
    const terms = found.rareTermsOf(i, index.layout.frequent, before)
    if (terms !== '') yield [number, terms]
  }
}
