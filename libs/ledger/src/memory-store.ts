import {
  type AllSlice,
  type AppendOutcome,
  comparePositions,
  type EventStore,
  type NewEvent,
  NO_STREAM,
  type Position,
  type RecordedEvent,
  requireEventIds,
  type StreamSlice,
  type SubscribeFrom,
} from './event-store.ts'

/** Positions have gaps in EventStoreDB: here each is 7 behind the one before. */
const STEP = 7

/**
 * An event store without a disk, for tests. It takes EventStoreDB's part: ids are not its concern, except that the very same append again
 * is answered like the first.
 */
export class MemoryStore implements EventStore {
  readonly refusesKnownIds = false
  readonly #events: RecordedEvent[] = []
  readonly #streams = new Map<string, RecordedEvent[]>()
  #wake = Promise.withResolvers<void>()

  async append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<AppendOutcome> {
    requireEventIds(events)
    const there = this.#streams.get(stream) ?? []
    const again = there.slice(expectedVersion + 1, expectedVersion + 1 + events.length)
    if (again.length === events.length && again.every((event, i) => isSame(event, events[i]))) {
      return { status: 'appended', positions: again.map(({ position }) => position) }
    }
    if (there.length - 1 !== expectedVersion) return { status: 'conflict', actual: there.length - 1 }
    const recorded = events.map((event, i) => this.#recorded(stream, event, i))
    this.#streams.set(stream, [...there, ...recorded])
    this.#events.push(...recorded)
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
    return { status: 'appended', positions: recorded.map(({ position }) => position) }
  }

  async readStream(stream: string, { from, direction, limit }: StreamSlice): Promise<RecordedEvent[]> {
    const there = this.#streams.get(stream) ?? []
    if (direction === 'forwards') return there.slice(from ?? 0).slice(0, limit)
    return there
      .slice(0, (from ?? there.length) + 1)
      .reverse()
      .slice(0, limit)
  }

  async streamVersion(stream: string): Promise<number> {
    return this.#streams.get(stream)?.at(-1)?.streamVersion ?? NO_STREAM
  }

  async findEvent(stream: string, id: string): Promise<RecordedEvent | null> {
    return this.#streams.get(stream)?.find((event) => event.id === id) ?? null
  }

  async readAll({ after, limit, streamPrefix = '' }: AllSlice): Promise<RecordedEvent[]> {
    return this.#events.filter(({ position, stream }) => isBehind(position, after) && stream.startsWith(streamPrefix)).slice(0, limit)
  }

  async head(): Promise<Position | null> {
    return this.#events.at(-1)?.position ?? null
  }

  async newest(): Promise<RecordedEvent | null> {
    return this.#events.at(-1) ?? null
  }

  async countAfter(after: Position | null, bound: number): Promise<number> {
    return (await this.readAll({ after, limit: bound })).length
  }

  async *subscribe({ after, signal, batch = 500 }: SubscribeFrom): AsyncGenerator<RecordedEvent[]> {
    const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    for (let last = after; !signal.aborted; ) {
      const wake = this.#wake.promise
      const events = await this.readAll({ after: last, limit: batch })
      last = events.at(-1)?.position ?? last
      if (events.length > 0) yield events
      else await Promise.race([wake, ended])
    }
  }

  async close(): Promise<void> {}

  #recorded(stream: string, { id, type, streamVersion, bytes, salt }: NewEvent, i: number): RecordedEvent {
    const position = String((this.#events.length + i + 1) * STEP).padStart(20, '0') as Position
    return { position, stream, streamVersion, id, type, bytes: bytes.slice(), salt: salt.slice() }
  }
}

function isBehind(position: Position, after: Position | null): boolean {
  return after === null || comparePositions(after, position) < 0
}

function isSame(recorded: RecordedEvent, event: NewEvent | undefined): boolean {
  return event !== undefined && recorded.id === event.id && Buffer.compare(recorded.salt, event.salt) === 0
}
