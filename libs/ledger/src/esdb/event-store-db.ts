import type { EventStoreDBClient } from '@eventstore/db-client'
import {
  type AllSlice,
  type AppendOutcome,
  type EventStore,
  type NewEvent,
  type Position,
  type RecordedEvent,
  requireEventIds,
  StoreUnavailable,
  type StreamSlice,
  type SubscribeFrom,
} from '../event-store.ts'
import { Appender } from './appender.ts'
import { connect } from './connect.ts'
import { parseConnectionString } from './connection-string.ts'
import { closeClient } from './protection.ts'
import { ReadBack } from './read-back.ts'
import { EventReads } from './read-events.ts'
import { subscribe } from './subscribe.ts'

const DEFAULT_DEADLINE_MS = 10_000

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true`, as EventStoreDB and KurrentDB write it. */
  readonly connectionString: string
  /** How long an append waits for its answer before it counts as uncertain, and a read for a connection. Default 10 s. */
  readonly deadlineMs?: number
}

/**
 * The event store on an EventStoreDB (22.6 or later) or KurrentDB server. Of other applications' streams there it sees nothing. Connects at
 * the first call.
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
  readonly #readBack: ReadBack
  readonly #closing = new AbortController()

  constructor(client: EventStoreDBClient, deadlineMs: number) {
    this.#client = client
    this.#appender = new Appender(client, deadlineMs)
    this.#reads = new EventReads(client, deadlineMs)
    this.#readBack = new ReadBack(client, deadlineMs)
  }

  async append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<AppendOutcome> {
    this.#requireOpen()
    requireEventIds(events)
    const append = { stream, expectedVersion, events }
    const answer = await this.#appender.append(append)
    switch (answer.status) {
      case 'failed':
        throw answer.error
      case 'conflict':
        return answer
      case 'appended': {
        const positions = await this.#readBack.positionsOf(append, answer.lastPosition)
        return positions ? { status: 'appended', positions } : { status: 'conflict', actual: await this.streamVersion(stream) }
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

  countAfter(after: Position | null, bound: number): Promise<number> {
    return this.#reading(() => this.#reads.countAfter(after, bound))
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
    await closeClient(this.#client)
  }

  async #reading<T>(read: () => Promise<T>): Promise<T> {
    this.#requireOpen()
    return read()
  }

  #requireOpen(): void {
    if (this.#closing.signal.aborted) throw new StoreUnavailable('the event store was closed')
  }
}
