import type { ViewTables } from '../read-model/read-model.ts'
import { chunkOf, type NumberRange } from './chunk-layout.ts'
import { addMatch, chunksLeft, common, type Matches, type SearchWindow } from './matches.ts'
import { searchClosedChunks, type TermCondition } from './search-closed-chunks.ts'
import type { TermIndex, TermIndexTables } from './term-index.ts'

/** A workspace's part of a term index, with the events behind it that wait for their chunk to become full. */
export interface WorkspaceIndex {
  readonly tables: ViewTables<TermIndexTables>
  readonly index: TermIndex
  /** The chunk that the next event goes into. Those before it are full. */
  readonly openChunk: number
  /** The waiting events among these numbers (both inclusive) that match all conditions. */
  waiting(conditions: readonly TermCondition[], numbers: NumberRange): Promise<number[]>
}

/** What of the window matches all of the conditions (at least one). */
export async function searchIndex(part: WorkspaceIndex, window: SearchWindow, conditions: readonly TermCondition[]): Promise<Matches> {
  const { chunks, within } = window
  const full: NumberRange = { from: chunks.from, to: Math.min(chunks.to, part.openChunk - 1) }
  let matches: Matches | null = within && new Map([...within].filter(([chunk]) => chunk <= full.to))
  for (const condition of conditions)
    matches = await searchClosedChunks(part.tables, part.index, { chunks: full, within: matches }, condition)
  const found = matches ?? new Map()
  for (const [chunk, set] of await searchWaiting(part, window, conditions)) found.set(chunk, set)
  return found
}

async function searchWaiting(part: WorkspaceIndex, window: SearchWindow, conditions: readonly TermCondition[]): Promise<Matches> {
  const { layout } = part.index
  const left = chunksLeft(window)
  if (left.from > part.openChunk || left.to < part.openChunk) return new Map()
  const from = part.openChunk * layout.size
  const matches: Matches = new Map()
  for (const number of await part.waiting(conditions, { from, to: from + layout.size - 1 })) {
    if (chunkOf(number, layout) === part.openChunk) addMatch(matches, number, layout)
  }
  return common(matches, window.within)
}
