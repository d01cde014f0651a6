import { type ChunkLayout, chunkOf, type NumberRange } from './chunk-layout.ts'
import { addOrdinal, keepCommon, noOrdinals, type OrdinalSet } from './ordinal-set.ts'

/** The events that match so far, by chunk. */
export type Matches = Map<number, OrdinalSet>

/** A part of a workspace's chunks that is looked at in one go. */
export interface SearchWindow {
  readonly chunks: NumberRange
  /** What matched before; null: nothing was asked yet, all events may match. */
  readonly within: Matches | null
}

export function addMatch(matches: Matches, number: number, layout: ChunkLayout): void {
  addOrdinal(setOf(matches, chunkOf(number, layout), layout), number % layout.size)
}

export function setOf(matches: Matches, chunk: number, layout: ChunkLayout): OrdinalSet {
  const known = matches.get(chunk)
  if (known) return known
  const made = noOrdinals(layout.size)
  matches.set(chunk, made)
  return made
}

/** What is in both. */
export function common(matches: Matches, within: Matches | null): Matches {
  if (within === null) return matches
  for (const [chunk, set] of matches) {
    const other = within.get(chunk)
    if (other === undefined || !keepCommon(set, other)) matches.delete(chunk)
  }
  return matches
}

/** The chunks of a window that can still match: none if `from` is above `to`. */
export function chunksLeft({ chunks, within }: SearchWindow): NumberRange {
  return within === null ? chunks : rangeOf(within.keys())
}

export function rangeOf(chunks: Iterable<number>): NumberRange {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const chunk of chunks) {
    from = Math.min(from, chunk)
    to = Math.max(to, chunk)
  }
  return { from, to }
}
