import type { EventStoreDBClient } from '@eventstore/db-client'
import {
  type AllSlice,
  type AppendOutcome,
  AppendUncertain,
  type EventStore,
  type NewEvent,
  type Position,
  type RecordedEvent,
  StoreCorrupt,
  StoreUnavailable,
  type StreamSlice,
  type SubscribeFrom,
} from '../event-store.ts'
import { Appender } from './appender.ts'
import { connect } from './connect.ts'
import { parseConnectionString } from './connection-string.ts'
import { EventReads } from './read-events.ts'
import { subscribe } from './subscribe.ts'

const DEFAULT_DEADLINE_MS = 10_000

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true`, as EventStoreDB and KurrentDB write it. */
  readonly connectionString: string
  /** How long an append waits for its answer before it counts as uncertain. Default 10 s. */
  readonly deadlineMs?: number
}

/**
 * The event store on an EventStoreDB (22.6 or later) or KurrentDB server that holds nothing but Annal's events. Connects at the first call.
 * @throws InvalidConnectionString
 */
export function openEventStoreDb({ connectionString, deadlineMs = DEFAULT_DEADLINE_MS }: EventStoreDbOptions): EventStore {
  return new EventStoreDb(connect(parseConnectionString(connectionString)), deadlineMs)
}

class EventStoreDb implements EventStore {
  readonly refusesKnownIds = false
  readonly #client: EventStoreDBClient
  readonly #appender: Appender
  readonly #reads: EventReads
  readonly #closing = new AbortController()

  constructor(client: EventStoreDBClient, deadlineMs: number) {
    this.#client = client
    this.#appender = new Appender(client, deadlineMs)
    this.#reads = new EventReads(client)
  }

  async append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<AppendOutcome> {
    this.#requireOpen()
    const answer = await this.#appender.append({ stream, expectedVersion, events })
    switch (answer.status) {
      case 'failed':
        throw answer.error
      case 'conflict':
        return answer
      case 'appended': {
        const lastVersion = expectedVersion + events.length
        if (answer.lastVersion !== lastVersion)
          throw new StoreCorrupt(`${stream}: expected version ${lastVersion} after the append, found ${answer.lastVersion}`)
        const single = events.length === 1 ? answer.lastPosition : null
        return { status: 'appended', positions: single ? [single] : await this.#positionsOf(stream, expectedVersion + 1, events) }
      }
    }
  }

  readStream(stream: string, slice: StreamSlice): Promise<RecordedEvent[]> {
    return this.#reading(() => this.#reads.readStream(stream, slice))
  }

  streamVersion(stream: string): Promise<number> {
    return this.#reading(() => this.#reads.streamVersion(stream))
  }

  findEvent(stream: string, id: string): Promise<RecordedEvent | null> {
    return this.#reading(() => this.#reads.findEvent(stream, id))
  }

  readAll(slice: AllSlice): Promise<RecordedEvent[]> {
    return this.#reading(() => this.#reads.readAll(slice))
  }

  newest(): Promise<RecordedEvent | null> {
    return this.#reading(() => this.#reads.newest())
  }

  async head(): Promise<Position | null> {
    return (await this.newest())?.position ?? null
  }

  subscribe({ signal, ...from }: SubscribeFrom): AsyncIterable<RecordedEvent[]> {
    return subscribe(this.#client, { ...from, signal: AbortSignal.any([signal, this.#closing.signal]) })
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort()
    this.#appender.close()
    await this.#client.dispose()
  }

  /** The server tells where the last event of an append stands; the others are looked up. */
  async #positionsOf(stream: string, from: number, events: readonly NewEvent[]): Promise<Position[]> {
    const places = await this.#reads.placesIn(stream, from, events.length).catch((error: unknown) => {
      throw new AppendUncertain(`${stream}: stored, but its positions could not be read`, { cause: error })
    })
    if (places.length !== events.length || places.some(({ id }, i) => id !== events[i]?.id)) {
      throw new StoreCorrupt(`${stream}: expected the events just stored from version ${from} on, found others`)
    }
    return places.map(({ position }) => position)
  }

  async #reading<T>(read: () => Promise<T>): Promise<T> {
    this.#requireOpen()
    return read()
  }

  #requireOpen(): void {
    if (this.#closing.signal.aborted) throw new StoreUnavailable('the event store was closed')
  }
}
