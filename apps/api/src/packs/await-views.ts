import { comparePositions, type Position } from '@annal/ledger'
import type { Visibility } from '../trail/visibility.ts'

/** How long, in ms, the views may stand still while they are behind. */
const PATIENCE = 60_000

/**
 * Waits until the views show what is recorded up to `position`: what a pack holds of a thing is found in them, and what they don't show yet
 * would be missing. As long as they move they are waited for. @throws when they stand still.
 */
export async function awaitViews(position: Position | null, visibility: Visibility): Promise<void> {
  while (position !== null && isBehind(visibility.current(), position)) {
    const before = visibility.current()
    await visibility.moved(PATIENCE)
    if (visibility.current() === before)
      throw new Error(
        `expected the views to show what is recorded up to ${position}, found them at ${before ?? 'their beginning'} for a minute`,
      )
  }
}

function isBehind(shown: Position | null, position: Position): boolean {
  return shown === null || comparePositions(shown, position) < 0
}
