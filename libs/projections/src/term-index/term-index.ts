import type { TableDefinition } from '../read-model/read-model.ts'
import { type ChunkLayout, chunkOf, numberOf } from './chunk-layout.ts'

/**
 * An inverted index from terms (a type, a reference, a word) to the events that have them, made chunk by chunk when a chunk is full.
 *
 * A term that is frequent in a chunk gets a row in `set`: one ordinal set, found by (term, chunk), so that a condition is a range scan of
 * a few hundred small rows per million events, however many events it matches. The other terms of a chunk go into the token table
 * `rare`, which finds the few events of a rare term at once, however many chunks there are. A term's events in a chunk are the row in
 * `set` if there is one, and what `rare` says if there is none.
 *
 * Where prefixes are asked for, the beginnings that are frequent in a chunk get a row in `set` too, with `*` before them, and `frequent`
 * lists the chunk's frequent words, each between spaces.
 */
export interface TermIndex {
  readonly layout: ChunkLayout
  /**
   * Tokens in `rare` are told apart by groups of so many chunks, so that the search for a prefix reads only the groups in question.
   * At most a workspace's chunks: what others record costs nobody anything.
   */
  readonly chunksPerTag: number
  readonly prefixes: boolean
}

export interface TermIndexTables {
  readonly set: { term: string; chunk: number; ordinals: Uint8Array }
  readonly frequent: { chunk: number; words: string }
}

export const termIndexTables: readonly TableDefinition[] = [
  { kind: 'rows', name: 'set', columns: { term: 'text', chunk: 'integer', ordinals: 'bytes' }, key: ['term', 'chunk'] },
  { kind: 'rows', name: 'frequent', columns: { chunk: 'integer', words: 'text' }, key: ['chunk'] },
  { kind: 'tokens', name: 'rare' },
]

/** Beginnings of words longer than this, in UTF-8, get no set of their own. */
export const LONGEST_PREFIX = 12

/** The term under which the set of a prefix is kept. No word has a `*`. */
export function prefixTerm(prefix: string): string {
  return `*${prefix}`
}

export function tagOf(chunk: number, { chunksPerTag }: TermIndex): number {
  return Math.floor(chunk / chunksPerTag)
}

/** What stands before each term in the token table. */
export function tagBefore(tag: number): string {
  return `${tag.toString(36)}·`
}

/** The chunk that a workspace's next event goes into. */
export function openChunkOf(workspace: number, events: number, { layout }: TermIndex): number {
  return chunkOf(numberOf(workspace, events), layout)
}
