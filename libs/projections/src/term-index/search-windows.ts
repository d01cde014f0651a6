import type { NumberRange } from './chunk-layout.ts'

export type Order = 'newest-first' | 'oldest-first'

const GREATEST = 1024

/**
 * Cuts chunks into windows to be searched one after the other, each four times the one before: a page that is found at once costs
 * little, one that is found nowhere takes few queries.
 */
export function* searchWindows({ from, to }: NumberRange, order: Order): Generator<NumberRange> {
  let size = 1
  for (let done = 0; from + done <= to; size = Math.min(size * 4, GREATEST)) {
    const length = Math.min(size, to - from + 1 - done)
    yield order === 'oldest-first' ? { from: from + done, to: from + done + length - 1 } : { from: to - done - length + 1, to: to - done }
    done += length
  }
}
