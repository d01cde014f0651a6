import {
  comparePositions,
  type EventReader,
  type KnownDelivery,
  type Position,
  type ReactionStore,
  type RecordedEvent,
} from '@annal/ledger'
import { envelopeOf } from './envelope-of.ts'

/** What follows from an event is recorded well within that, in ms of the record's clock. */
const DAY = 86_400_000
const SLICE = 1_000

interface Surroundings {
  readonly store: ReactionStore
  readonly events: EventReader
}

/**
 * A store that was put back to an older state ends before the cursor: what followed from its last events may be lost, and what is remembered
 * knows of events that are no more. All is folded anew, and what follows from the record's last day is seen to again, under the same ids.
 */
export async function goBack({ store, events }: Surroundings): Promise<void> {
  const cursor = store.cursor()
  const newest = await events.newest()
  if (cursor === null || (newest !== null && comparePositions(cursor, newest.position) <= 0)) return
  const until = newest === null ? 0 : timeOf(newest) - DAY
  store.startOver({
    since: await lastUntil(until, events),
    at: new Date(until).toISOString(),
    lost: await lostDeliveries({ store, events }),
  })
}

/** Where the last event stands that was recorded by then; null: none was. */
async function lastUntil(until: number, events: EventReader): Promise<Position | null> {
  for (let last: Position | null = null; ; ) {
    const slice: RecordedEvent[] = await events.readAll({ after: last, limit: SLICE })
    const past = slice.findIndex((event) => timeOf(event) > until)
    const inTime: RecordedEvent | undefined = past < 0 ? slice.at(-1) : slice[past - 1]
    last = inTime?.position ?? last
    if (past >= 0 || inTime === undefined) return last
  }
}

async function lostDeliveries({ store, events }: Surroundings): Promise<KnownDelivery[]> {
  const lost: KnownDelivery[] = []
  for (let after = 0; ; ) {
    const owed = store.deliveries.allOwed(after, SLICE)
    for (const delivery of owed) if ((await events.findEvent(delivery.stream, delivery.event)) === null) lost.push(delivery)
    const last = owed.at(-1)
    if (last === undefined) return lost
    after = last.seq
  }
}

function timeOf(event: RecordedEvent): number {
  return Date.parse(envelopeOf(event).recordedAt)
}
