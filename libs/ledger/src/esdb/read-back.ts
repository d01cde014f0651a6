import { setTimeout as pause } from 'node:timers/promises'
import type { EventStoreDBClient } from '@eventstore/db-client'
import { AppendUncertain, type NewEvent, type Position } from '../event-store.ts'
import type { Append } from './append-request.ts'
import { logPosition, positionText } from './log-position.ts'
import { readServer } from './read-server.ts'
import type { ServerEvent } from './server-event.ts'
import { STREAM_PREFIXES, storedMetadata } from './stored-event.ts'

/** A page holds the group, and a few events that were written between, in larger appends or by others. */
const OTHERS = 4
const LARGEST_GROUP = 256
/** After a group of this size more are on their way: waiting for them a moment saves a read for each. */
const BUSY = 8
const GATHER_MS = 2

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
  readonly #client: EventStoreDBClient
  readonly #deadlineMs: number
  #wanted: Wanted[] = []
  #reading = false

  constructor(client: EventStoreDBClient, deadlineMs: number) {
    this.#client = client
    this.#deadlineMs = deadlineMs
  }

  /**
   * The positions of the events, or null when what is stored there are other events.
   * @throws AppendUncertain when it can't be read.
   */
  async positionsOf(append: Append, lastPosition: Position | null): Promise<Position[] | null> {
    const found = await this.#stored(append, lastPosition).catch((error: unknown) => {
      throw new AppendUncertain(`${append.stream}: acknowledged, but could not be read back`, { cause: error })
    })
    const same = found.length === append.events.length && append.events.every((event, i) => isStoredAs(found[i], event))
    return same ? found.map(({ position }) => positionText(position)) : null
  }

  /** An event whose bytes stand at the position names its stream in them, so a single one needs no look at its stream. */
  async #stored({ stream, expectedVersion, events }: Append, lastPosition: Position | null): Promise<ServerEvent[]> {
    const single = events.length === 1 && lastPosition !== null ? await this.#at(lastPosition) : null
    if (single) return [single]
    return readServer(
      this.#client,
      { stream, revision: expectedVersion + 1, direction: 'forwards', count: events.length },
      { deadlineMs: this.#deadlineMs },
    )
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
      if (group.length >= BUSY) await pause(GATHER_MS)
    }
    this.#reading = false
  }

  async #readGroup(group: readonly Wanted[]): Promise<void> {
    for (let rest = group; rest[0] !== undefined; ) {
      const page = await readServer(
        this.#client,
        {
          position: logPosition(rest[0].position),
          direction: 'forwards',
          count: rest.length + OTHERS,
          prefixes: STREAM_PREFIXES,
        },
        { deadlineMs: this.#deadlineMs },
      )
      const found = new Map(page.map((event) => [positionText(event.position), event]))
      const last = [...found.keys()].at(-1) ?? rest[0].position
      const covered = rest.filter(({ position }) => position <= last)
      for (const { position, resolve } of covered) resolve(found.get(position) ?? null)
      rest = rest.slice(covered.length)
    }
  }
}

function isStoredAs(stored: ServerEvent | undefined, event: NewEvent): boolean {
  return stored !== undefined && stored.id === event.id && same(stored.data, event.bytes) && same(stored.metadata, storedMetadata(event))
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
