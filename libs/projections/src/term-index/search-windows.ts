import type { NumberRange } from './chunk-layout.ts'

export type Order = 'newest-first' | 'oldest-first'

/** How far a search has come: of how many matches it is enough, and how many it has. */
export interface Progress {
  readonly wanted: number
  readonly found: number
}

const GREATEST = 1024
const GROWTH = 4
/** Matches don't come evenly: a window that is a little too large costs less than another one. */
const SPARE = 1.25

/**
 * Cuts chunks into windows to be searched one after the other, each up to four times the one before: a page that is found at once costs
 * little, one that is found nowhere takes few queries. Once something was found, the next window is as large as the rest should need.
 */
export function* searchWindows({ from, to }: NumberRange, order: Order, progress: () => Progress): Generator<NumberRange> {
  let size = 1
  for (let done = 0; from + done <= to; size = nextSize(size, done, progress())) {
    const length = Math.min(size, to - from + 1 - done)
    yield order === 'oldest-first' ? { from: from + done, to: from + done + length - 1 } : { from: to - done - length + 1, to: to - done }
    done += length
  }
}

function nextSize(size: number, searched: number, { wanted, found }: Progress): number {
  const most = Math.min(size * GROWTH, GREATEST)
  return found === 0 ? most : Math.min(most, Math.ceil((SPARE * (wanted - found) * searched) / found))
}
