import type { Exchange } from '@urql/core'
import { fillIn } from './fill-in.ts'

/** How far the reader has seen the record: reads wait until the views are as far. Positions are opaque and come in the record's order. */
export interface Freshness {
  /** An event was shown to be in the record. */
  readonly saw: (position: string) => void
  /** The reader recorded something: nothing older is shown from then on. */
  readonly recorded: (position: string) => void
  /** Fills in `atLeast`. */
  readonly exchange: Exchange
}

export function freshness(): Freshness {
  let seen: string | null = null
  let own: string | null = null
  return {
    saw: (position) => {
      seen = position
      // The record's order: whatever is seen from here on stands behind what was recorded.
      if (position === own) own = null
    },
    recorded: (position) => {
      own = position
    },
    exchange: fillIn('atLeast', () => own ?? seen),
  }
}
