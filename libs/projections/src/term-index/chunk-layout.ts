/**
 * How the events of a view are numbered. Each workspace has a number and each of its events an ordinal from 0, in the record's order;
 * together they make the event's *number* in the view, `workspace × 2^32 + ordinal`, below 2^53. Numbers are cut into chunks of equal
 * size, which never cross workspaces. The numbering is a pure function of the events: a rebuild gives the same.
 */
export interface ChunkLayout {
  /** Ordinals in a chunk: a multiple of 32, at most 65,536, that divides 2^32. */
  readonly size: number
  /** A term with at least so many events in a chunk gets an ordinal set there; rarer ones go into the token table. */
  readonly frequent: number
}

const ORDINALS = 2 ** 32

/** A chunk of 4,096 makes a set at most 512 bytes; "nothing matches" costs 244 of them per condition and million events. */
export const chunkLayout: ChunkLayout = { size: 4096, frequent: 24 }

export function numberOf(workspace: number, ordinal: number): number {
  return workspace * ORDINALS + ordinal
}

export function chunkOf(number: number, { size }: ChunkLayout): number {
  return Math.floor(number / size)
}

/** Both inclusive; none if `from` is above `to`. Chunks, or numbers. */
export interface NumberRange {
  readonly from: number
  readonly to: number
}
