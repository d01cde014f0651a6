import type { EventStoreDBClient, ResolvedEvent, RecordedEvent as ServerEvent, StreamingRead } from '@eventstore/db-client'
import { BACKWARDS, END, FORWARDS, START } from '@eventstore/db-client'
import { type AllSlice, NO_STREAM, type Position, type RecordedEvent, StoreCorrupt, type StreamSlice } from '../event-store.ts'
import { isStreamNotFound, readFailure } from './command-failure.ts'
import { logPosition } from './log-position.ts'
import { isSystemEvent, recordedEvent } from './stored-event.ts'

const FIND_PAGE = 256
const SMALLEST_PAGE = 16
const LARGEST_PAGE = 1024

/** Reads of the server, as it delivers them. */
export class EventReads {
  readonly #client: EventStoreDBClient

  constructor(client: EventStoreDBClient) {
    this.#client = client
  }

  async streamVersion(stream: string): Promise<number> {
    const [newest] = await this.#streamPage(stream, { direction: 'backwards', limit: 1 })
    return newest ? Number(newest.revision) : NO_STREAM
  }

  async readStream(stream: string, slice: StreamSlice): Promise<RecordedEvent[]> {
    return (await this.#streamPage(stream, slice)).map(recordedEvent)
  }

  /** Backwards through the stream, because a repeated id is most likely a recent one. */
  async findEvent(stream: string, id: string): Promise<RecordedEvent | null> {
    for (let from: number | undefined; from === undefined || from >= 0; ) {
      const page = await this.#streamPage(stream, { direction: 'backwards', limit: FIND_PAGE, ...(from === undefined ? {} : { from }) })
      const found = page.find((event) => event.id === id)
      if (found) return recordedEvent(found)
      const oldest = page.at(-1)
      if (!oldest) return null
      from = Number(oldest.revision) - 1
    }
    return null
  }

  /** The server can't filter such a read: what is not asked for is dropped here, page by page. */
  async readAll({ after, limit, streamPrefix = '' }: AllSlice): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const page of this.#pagesBehind(after, limit)) {
      for (const event of page) if (event.streamId.startsWith(streamPrefix) && !isSystemEvent(event)) events.push(recordedEvent(event))
      if (events.length >= limit) break
    }
    return events.slice(0, limit)
  }

  /** A read from a position begins with what stands at it. */
  async *#pagesBehind(after: Position | null, limit: number): AsyncGenerator<ServerEvent[]> {
    const maxCount = Math.min(Math.max(limit + 1, SMALLEST_PAGE), LARGEST_PAGE)
    let last = after === null ? null : logPosition(after)
    for (;;) {
      const behind = last?.commit ?? -1n
      const page = await collect(this.#client.readAll({ direction: FORWARDS, maxCount, fromPosition: last ?? START }))
      yield page.filter(({ position }) => position === undefined || position.commit > behind)
      if (page.length < maxCount) return
      last = page.at(-1)?.position ?? last
    }
  }

  /** The newest event that is not the server's own. */
  async newest(): Promise<RecordedEvent | null> {
    let before: ServerEvent['position']
    for (let maxCount = SMALLEST_PAGE; ; maxCount = Math.min(maxCount * 4, LARGEST_PAGE)) {
      const page = await collect(this.#client.readAll({ direction: BACKWARDS, maxCount, fromPosition: before ?? END }))
      const newest = page.find((event) => !isSystemEvent(event))
      if (newest) return recordedEvent(newest)
      if (page.length < maxCount) return null
      before = page.at(-1)?.position
    }
  }

  /** @throws StoreCorrupt when the stream does not begin where it should, or has a hole: events were removed. */
  async #streamPage(stream: string, { direction, from, limit }: StreamSlice): Promise<ServerEvent[]> {
    const backwards = direction === 'backwards'
    const page = await collect(
      this.#client.readStream(stream, {
        direction: backwards ? BACKWARDS : FORWARDS,
        maxCount: limit,
        fromRevision: from === undefined ? (backwards ? END : START) : BigInt(from),
      }),
    )
    const first = backwards ? Number(page[0]?.revision ?? 0) : (from ?? 0)
    page.forEach((event, i) => {
      const expected = backwards ? first - i : first + i
      if (Number(event.revision) !== expected)
        throw new StoreCorrupt(`${stream}: expected version ${expected}, found ${event.revision}: events were removed`)
    })
    return page
  }
}

/** Everything that a read delivers, or nothing where the stream does not exist. */
async function collect(reading: StreamingRead<ResolvedEvent>): Promise<ServerEvent[]> {
  const events: ServerEvent[] = []
  try {
    for await (const { event } of reading) if (event) events.push(event)
  } catch (error) {
    if (isStreamNotFound(error)) return []
    throw readFailure(error)
  }
  return events
}
