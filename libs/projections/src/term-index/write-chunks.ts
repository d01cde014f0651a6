import type { TokenRow, ViewTables } from '../read-model/read-model.ts'
import type { IndexedEvent } from './chunk-terms.ts'
import { type ChunkIndex, indexChunk } from './index-chunk.ts'
import type { TermIndex, TermIndexTables } from './term-index.ts'

/** A chunk that has become full, with all of its events. */
export interface FullChunk {
  readonly chunk: number
  readonly events: readonly IndexedEvent[]
}

/** Indexes the chunks, in their order. */
export async function writeChunks(tables: ViewTables<TermIndexTables>, index: TermIndex, full: readonly FullChunk[]): Promise<void> {
  const sets: ChunkIndex['sets'] = []
  const frequent: [number, string][] = []
  const rare: TokenRow[] = []
  for (const { chunk, events } of full) {
    const indexed = indexChunk(chunk, events, index)
    for (const row of indexed.sets) sets.push(row)
    if (indexed.frequent) frequent.push([...indexed.frequent])
    for (const row of indexed.rare) rare.push(row)
  }
  // Neighbours in the table go in together.
  sets.sort(([a, from], [b, to]) => (a < b ? -1 : a > b ? 1 : from - to))
  await tables.insert('set', ['term', 'chunk', 'ordinals'], sets)
  await tables.insert('frequent', ['chunk', 'words'], frequent)
  await tables.tokens('rare').add(rare)
}
