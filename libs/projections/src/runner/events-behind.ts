import type { EventReader, Position } from '@annal/ledger'

const AT_ONCE = 1000

/** How many events stand behind a position; counting stops at `bound`, because they have to be read. */
export async function eventsBehind(events: Pick<EventReader, 'readAll' | 'head'>, after: Position | null, bound: number): Promise<number> {
  if ((await events.head()) === after) return 0
  let count = 0
  let last = after
  while (count < bound) {
    const batch = await events.readAll({ after: last, limit: Math.min(AT_ONCE, bound - count) })
    const newest = batch.at(-1)
    if (!newest) return count
    count += batch.length
    last = newest.position
  }
  return count
}
