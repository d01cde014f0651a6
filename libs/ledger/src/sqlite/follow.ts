import { setImmediate } from 'node:timers/promises'
import type { AllSlice, RecordedEvent, SubscribeFrom } from '../event-store.ts'
import type { CommitSignal } from './commit-signal.ts'

/** How long at most a commit goes unseen where its signal doesn't reach: in another process. */
const PATIENCE = 200

/**
 * Catching up and following live are the same loop: read what stands behind the last event delivered, and only where nothing does, wait
 * for a commit later than the count taken before that read.
 */
export async function* follow(
  readAll: (slice: AllSlice) => Promise<RecordedEvent[]>,
  commits: CommitSignal,
  { after, signal, batch = 500, types }: SubscribeFrom,
): AsyncGenerator<RecordedEvent[]> {
  let last = after
  while (!signal.aborted) {
    const seen = commits.count()
    const events = await readAll({ after: last, limit: batch, ...(types !== undefined && { types }) })
    const newest = events.at(-1)
    if (newest === undefined) {
      await commits.next(seen, PATIENCE, signal)
      continue
    }
    last = newest.position
    yield events
    // Reading is synchronous: a long catch-up must not keep the thread from its other work.
    await setImmediate()
  }
}
