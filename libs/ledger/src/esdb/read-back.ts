import type { RecordedEvent as ServerEvent } from '@eventstore/db-client'
import { AppendUncertain, type Position } from '../event-store.ts'
import type { Append } from './append-request.ts'
import type { EventReads } from './read-events.ts'
import { isStoredAs, positionOf } from './stored-event.ts'

/** A page holds the group, if nobody else wrote between, and a few of the server's own events. */
const OTHERS = 4
const LARGEST_GROUP = 256

interface Wanted {
  readonly position: Position
  readonly resolve: (found: ServerEvent | null) => void
  readonly reject: (error: unknown) => void
}

/**
 * Reads what an append was acknowledged for, because EventStoreDB calls it a success, too, when other events stand there under the same
 * ids. Single events that were acknowledged at about the same time are read together.
 */
export class ReadBack {
  readonly #reads: EventReads
  #wanted: Wanted[] = []
  #reading = false

  constructor(reads: EventReads) {
    this.#reads = reads
  }

  /**
   * The positions of the events, or null when what is stored there are other events.
   * @throws AppendUncertain when it can't be read.
   */
  async positionsOf(append: Append, lastPosition: Position | null): Promise<Position[] | null> {
    const found = await this.#stored(append, lastPosition).catch((error: unknown) => {
      throw new AppendUncertain(`${append.stream}: acknowledged, but could not be read back`, { cause: error })
    })
    const same = found.length === append.events.length && append.events.every((event, i) => isStoredAs(found[i], append.stream, event))
    return same ? found.map(positionOf) : null
  }

  async #stored({ stream, expectedVersion, events }: Append, lastPosition: Position | null): Promise<ServerEvent[]> {
    const single = events.length === 1 && lastPosition !== null ? await this.#at(lastPosition) : null
    if (single?.streamId === stream) return [single]
    return this.#reads.streamEvents(stream, { direction: 'forwards', from: expectedVersion + 1, limit: events.length })
  }

  #at(position: Position): Promise<ServerEvent | null> {
    return new Promise((resolve, reject) => {
      this.#wanted.push({ position, resolve, reject })
      if (!this.#reading) void this.#readAllWanted()
    })
  }

  /** While one group is read, the next one gathers. */
  async #readAllWanted(): Promise<void> {
    this.#reading = true
    while (this.#wanted.length > 0) {
      const group = this.#wanted.splice(0, LARGEST_GROUP).toSorted((a, b) => (a.position < b.position ? -1 : 1))
      await this.#readGroup(group).catch((error: unknown) => {
        for (const { reject } of group) reject(error)
      })
    }
    this.#reading = false
  }

  async #readGroup(group: Wanted[]): Promise<void> {
    for (let rest = group; rest[0] !== undefined; ) {
      const page = await this.#reads.eventsFrom(rest[0].position, rest.length + OTHERS)
      const found = new Map(page.map((event) => [positionOf(event), event]))
      const last = [...found.keys()].at(-1) ?? null
      const covered = last === null ? rest : rest.filter(({ position }) => position <= last)
      for (const { position, resolve } of covered) resolve(found.get(position) ?? null)
      rest = rest.slice(Math.max(covered.length, 1))
    }
  }
}
