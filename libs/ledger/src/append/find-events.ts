import type { EventStore, RecordedEvent } from '../event-store.ts'

const SLICE = 256

/** Those of `ids` that the stream holds: looked up where the store has an index of them, else read from its end backwards in one go. */
export async function findEvents(store: EventStore, stream: string, ids: ReadonlySet<string>): Promise<RecordedEvent[]> {
  if (!store.refusesKnownIds && ids.size > 1) return scanBackwards(store, stream, ids)
  const found = await Promise.all([...ids].map((id) => store.findEvent(stream, id)))
  return found.filter((event) => event !== null)
}

async function scanBackwards(store: EventStore, stream: string, ids: ReadonlySet<string>): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = []
  let from = await store.streamVersion(stream)
  while (from >= 0 && found.length < ids.size) {
    const slice = await store.readStream(stream, { from, direction: 'backwards', limit: SLICE })
    for (const event of slice) if (ids.has(event.id)) found.push(event)
    from = (slice.at(-1)?.streamVersion ?? 0) - 1
  }
  return found
}
