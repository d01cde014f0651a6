import type { TokenRow } from '../read-model/read-model.ts'
import { ChunkTerms, type IndexedEvent } from './chunk-terms.ts'
import { frequentPrefixes } from './frequent-prefixes.ts'
import { encodeOffsets } from './ordinal-set.ts'
import { prefixTerm, type TermIndex, tagBefore, tagOf } from './term-index.ts'

/** Rows for the tables of a term index. */
export interface ChunkIndex {
  readonly sets: (readonly [term: string, chunk: number, ordinals: Uint8Array])[]
  readonly frequent: readonly [chunk: number, words: string] | null
  readonly rare: TokenRow[]
}

/** The index of one chunk, from all of its events in their order. */
export function indexChunk(chunk: number, events: readonly IndexedEvent[], index: TermIndex): ChunkIndex {
  const { size, frequent } = index.layout
  const found = new ChunkTerms(events, size)
  const sets: [string, number, Uint8Array][] = []
  for (let number = 0; number < found.size; number++) {
    if (found.count(number) >= frequent) sets.push([found.term(number), chunk, encodeOffsets(found.offsets(number), size)])
  }
  const words = ` ${sets.map(([term]) => term).join(' ')} `
  if (index.prefixes) {
    for (const [prefix, ordinals] of frequentPrefixes(found, index.layout)) sets.push([prefixTerm(prefix), chunk, ordinals])
  }
  const before = tagBefore(tagOf(chunk, index))
  const rare = events.map(({ number }, i) => [number, found.rareTermsOf(i, frequent, before)] as const)
  return { sets, frequent: index.prefixes ? [chunk, words] : null, rare: rare.filter(([, tokens]) => tokens !== '') }
}
