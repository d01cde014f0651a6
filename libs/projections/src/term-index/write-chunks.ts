import type { ViewTables } from '../read-model/read-model.ts'
import { ChunkTerms, type IndexedEvent } from './chunk-terms.ts'
import { indexChunk } from './index-chunk.ts'
import type { TermIndex, TermIndexTables } from './term-index.ts'

/** A chunk that has become full, with all of its events. */
export interface FullChunk {
  readonly chunk: number
  readonly events: readonly IndexedEvent[]
}

/** The memory of the last chunk, unless it is in use. */
let kept: ChunkTerms | null = null

/** Indexes the chunks, in their order. */
export async function writeChunks(tables: ViewTables<TermIndexTables>, index: TermIndex, full: readonly FullChunk[]): Promise<void> {
  for (const chunk of full) {
    const found = kept ?? new ChunkTerms()
    kept = null
    await writeChunk(tables, index, chunk, found)
    if (found.isSmall) kept = found
  }
}

async function writeChunk(
  tables: ViewTables<TermIndexTables>,
  index: TermIndex,
  { chunk, events }: FullChunk,
  found: ChunkTerms,
): Promise<void> {
  found.read(events, index.layout.size)
  const numbers = events.map(({ number }) => number)
  const { sets, frequent, rare } = indexChunk(chunk, numbers, found, index)
  await tables.insert('set', ['term', 'chunk', 'ordinals'], sets)
  if (frequent) await tables.insert('frequent', ['chunk', 'words'], [[...frequent]])
  await tables.tokens('rare').add(rare)
}
