import type { EventReader, RecordedEvent } from '@annal/ledger'

const PAGE = 500

/** A stream from its beginning, page by page. */
export async function* streamEvents(store: EventReader, stream: string): AsyncGenerator<RecordedEvent> {
  for (let from = 0; ; ) {
    const events = await store.readStream(stream, { from, direction: 'forwards', limit: PAGE })
    yield* events
    const last = events.at(-1)
    if (last === undefined || events.length < PAGE) return
    from = last.streamVersion + 1
  }
}
