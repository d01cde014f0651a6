import type { EventStoreDBClient } from '@eventstore/db-client'
import { type AllSlice, NO_STREAM, type Position, type RecordedEvent, StoreCorrupt, type StreamSlice } from '../event-store.ts'
import { readFailure } from './command-failure.ts'
import { logPosition } from './log-position.ts'
import { NewestEvent } from './newest-event.ts'
import type { ReadFrom } from './read-request.ts'
import { readServer } from './read-server.ts'
import type { ServerEvent } from './server-event.ts'
import { isForeign, recordedEvent, STREAM_PREFIXES } from './stored-event.ts'
import { StreamIds } from './stream-ids.ts'

const LOOK_THROUGH = 512
const LARGEST_PAGE = 1024
const COUNTED_AT_ONCE = 1_000

/** Reads of the server, as it delivers them. */
export class EventReads {
  readonly #client: EventStoreDBClient
  readonly #connectMs: number
  readonly #ids: StreamIds
  readonly #newest: NewestEvent

  constructor(client: EventStoreDBClient, connectMs: number) {
    this.#client = client
    this.#connectMs = connectMs
    this.#ids = new StreamIds(async (stream, slice) => (await this.#streamPage(stream, slice)).map(identified))
    this.#newest = new NewestEvent((from) => readServer(client, from, { connectMs }))
  }

  async streamVersion(stream: string): Promise<number> {
    const [newest] = await this.#streamPage(stream, { direction: 'backwards', limit: 1 })
    return newest?.revision ?? NO_STREAM
  }

  async readStream(stream: string, slice: StreamSlice): Promise<RecordedEvent[]> {
    return (await this.#streamPage(stream, slice)).map(recordedEvent)
  }

  async findEvent(stream: string, id: string): Promise<RecordedEvent | null> {
    const version = await this.#ids.versionOf(stream, id)
    if (version === null) return null
    const [found] = await this.#streamPage(stream, { from: version, direction: 'forwards', limit: 1 })
    return found?.id === id ? recordedEvent(found) : this.#lookThrough(stream, id)
  }

  /** The whole stream: only for an id that looks like another one to the index (two in 2^53 do). */
  async #lookThrough(stream: string, id: string): Promise<RecordedEvent | null> {
    for (let from = 0; ; from += LOOK_THROUGH) {
      const page = await this.#streamPage(stream, { direction: 'forwards', from, limit: LOOK_THROUGH })
      const found = page.find((event) => event.id === id)
      if (found !== undefined || page.length < LOOK_THROUGH) return found === undefined ? null : recordedEvent(found)
    }
  }

  async readAll({ after, limit, streamPrefix }: AllSlice): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const page of this.#pagesBehind(after, limit, streamPrefix ? [streamPrefix] : STREAM_PREFIXES)) {
      for (const event of page) if (!isForeign(event)) events.push(recordedEvent(event))
      if (events.length >= limit) break
    }
    return events.slice(0, limit)
  }

  /** A read from a position begins with what stands at it. */
  async *#pagesBehind(after: Position | null, limit: number, prefixes: readonly string[]): AsyncGenerator<ServerEvent[]> {
    const count = Math.min(limit + 1, LARGEST_PAGE)
    let last = after === null ? null : logPosition(after)
    for (;;) {
      const behind = last?.commit ?? -1n
      const page = await this.#read({ direction: 'forwards', count, position: last ?? 'start', prefixes })
      yield page.filter(({ position }) => position.commit > behind)
      if (page.length < count) return
      last = page.at(-1)?.position ?? last
    }
  }

  /** By reading: the server counts nothing, and its positions have gaps. Nothing is looked for where nothing can be. */
  async countAfter(after: Position | null, bound: number): Promise<number> {
    const head = (await this.newest())?.position ?? null
    if (head === null || (after !== null && after >= head)) return 0
    let count = 0
    for (let last = after; count < bound; ) {
      const batch = await this.readAll({ after: last, limit: Math.min(COUNTED_AT_ONCE, bound - count) })
      const newest = batch.at(-1)
      if (newest === undefined) return count
      count += batch.length
      last = newest.position
    }
    return count
  }

  /** The newest event that is Annal's. */
  async newest(): Promise<RecordedEvent | null> {
    return this.#newest.find().catch((error: unknown) => {
      throw readFailure(error)
    })
  }

  /** @throws StoreCorrupt when the stream does not begin where it should, has a hole, or was deleted: events were removed. */
  async #streamPage(stream: string, { direction, from, limit }: StreamSlice): Promise<ServerEvent[]> {
    const backwards = direction === 'backwards'
    const revision = from ?? (backwards ? 'end' : 0)
    const page = await this.#read({ stream, direction, count: limit, revision })
    if (page.length === 0 && (from ?? 0) === 0) await this.#requireNeverWritten(stream)
    const first = backwards ? (page[0]?.revision ?? 0) : (from ?? 0)
    page.forEach((event, i) => {
      const expected = backwards ? first - i : first + i
      if (event.revision !== expected)
        throw new StoreCorrupt(`${stream}: expected version ${expected}, found ${event.revision}: events were removed`)
    })
    return page
  }

  /** The server does not find a deleted stream, but would append to it, as to a new one, behind the versions that it had. */
  async #requireNeverWritten(stream: string): Promise<void> {
    const { metadata } = await this.#client.getStreamMetadata(stream).catch((error: unknown) => {
      throw readFailure(error)
    })
    if (metadata?.truncateBefore !== undefined) throw new StoreCorrupt(`${stream}: expected a stream or none, found one that was deleted`)
    if (metadata?.maxAge !== undefined) throw new StoreCorrupt(`${stream}: expected a stream or none, found one whose events expire`)
  }

  async #read(from: ReadFrom): Promise<ServerEvent[]> {
    return readServer(this.#client, from, { connectMs: this.#connectMs }).catch((error: unknown) => {
      throw readFailure(error)
    })
  }
}

function identified({ id, revision }: ServerEvent): { readonly id: string; readonly streamVersion: number } {
  return { id, streamVersion: revision }
}
