import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AppendOutcome, type NewEvent, NO_STREAM, type Position } from '../event-store.ts'
import { RecentlyUsed } from '../recently-used.ts'
import { numberOf } from './columns.ts'
import type { LateIndex } from './late-index.ts'
import { positionText } from './position-text.ts'
import { uuidBytes } from './uuid-bytes.ts'

const STREAM_HEADS = 20_000

/** What SQLite stores of an event; all else stands in its bytes. */
export type EventRow = Omit<NewEvent, 'correlationId' | 'causationId'>

/** One append, checked: versions follow each other, ids are UUIDs and distinct, bytes say what the rows will. */
export interface Append {
  readonly stream: string
  readonly expectedVersion: number
  readonly events: readonly EventRow[]
}

interface MutableHead {
  readonly id: number
  version: number
}

/**
 * Writes appends into the open transaction. Being the only writer it keeps the newest position, the heads of streams and what is not
 * indexed yet in memory; `committed` or `rolledBack` tells how the transaction ended.
 */
export class EventWriter {
  readonly #heads = new RecentlyUsed<string, MutableHead>(STREAM_HEADS)
  readonly #index: LateIndex
  readonly #insertEvent: StatementSync
  readonly #insertStream: StatementSync
  /** Bound and copied by SQLite at each insert, so one is enough. */
  readonly #id = new Uint8Array(16)
  #newest: number
  #newestCommitted: number
  #newestStream: number

  constructor(db: DatabaseSync, index: LateIndex) {
    this.#index = index
    this.#insertEvent = db.prepare('INSERT INTO event (position, stream_id, version, id, type, salt, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)')
    this.#insertStream = db.prepare('INSERT INTO stream (id, name) VALUES (?, ?)')
    this.#newest = numberOf(db.prepare('SELECT ifnull(max(position), 0) AS position FROM event').get()?.position)
    this.#newestCommitted = this.#newest
    this.#newestStream = numberOf(db.prepare('SELECT ifnull(max(id), 0) AS id FROM stream').get()?.id)
  }

  write({ stream, expectedVersion, events }: Append): AppendOutcome {
    const head = this.#head(stream)
    const actual = head?.version ?? NO_STREAM
    if (actual !== expectedVersion) return { status: 'conflict', actual }
    if (head === null) return this.#insert(this.#create(stream), events)
    const known = events.filter(({ id }) => this.#index.positionOf(head, id) !== null)
    return known.length > 0 ? { status: 'known', ids: known.map(({ id }) => id) } : this.#insert(head, events)
  }

  /** Returns whether anything was stored. */
  committed(): boolean {
    const stored = this.#newest > this.#newestCommitted
    this.#newestCommitted = this.#newest
    this.#index.late.settle()
    return stored
  }

  /** What these appends left in memory never happened. */
  rolledBack(appends: readonly Append[]): void {
    this.#newest = this.#newestCommitted
    this.#index.late.undo()
    for (const { stream } of appends) this.#heads.delete(stream)
  }

  /** True when so many events are not indexed yet that it is worth `tidy`. */
  get isUntidy(): boolean {
    return this.#index.isDue
  }

  /** Between transactions. */
  tidy(): void {
    if (this.isUntidy) this.#index.index()
  }

  #head(stream: string): MutableHead | null {
    const cached = this.#heads.get(stream)
    if (cached !== undefined) return cached
    const stored = this.#index.head(stream)
    if (stored === null) return null
    const head = { ...stored }
    this.#heads.set(stream, head)
    return head
  }

  #create(stream: string): MutableHead {
    const head = { id: ++this.#newestStream, version: NO_STREAM }
    this.#insertStream.run(head.id, stream)
    this.#heads.set(stream, head)
    return head
  }

  #insert(head: MutableHead, events: readonly EventRow[]): AppendOutcome {
    const positions: Position[] = []
    for (const { streamVersion, id, type, salt, bytes } of events) {
      this.#insertEvent.run(++this.#newest, head.id, streamVersion, uuidBytes(id, this.#id), type, salt, bytes)
      this.#index.late.add({ stream: head.id, version: streamVersion, id, position: this.#newest })
      positions.push(positionText(this.#newest))
    }
    head.version += events.length
    return { status: 'appended', positions }
  }
}
