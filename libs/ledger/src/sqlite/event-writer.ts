import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AppendOutcome, type NewEvent, NO_STREAM, type Position, StoreCorrupt } from '../event-store.ts'
import { RecentlyUsed } from '../recently-used.ts'
import { numberOf } from './columns.ts'
import type { EventRows } from './event-rows.ts'
import { positionText } from './position-text.ts'
import { isUniqueViolation } from './sqlite-failure.ts'
import { uuidBytes } from './uuid-bytes.ts'

const STREAM_HEADS = 20_000

/** One append, checked: versions follow each other, ids are UUIDs, bytes say what the rows will. */
export interface Append {
  readonly stream: string
  readonly expectedVersion: number
  readonly events: readonly NewEvent[]
}

interface MutableHead {
  readonly id: number
  version: number
}

/**
 * Writes appends into the open transaction. Being the only writer it keeps the newest position and the heads of streams in memory and
 * reads none of them per append; `forget` after a rollback.
 */
export class EventWriter {
  readonly #rows: EventRows
  readonly #heads = new RecentlyUsed<string, MutableHead>(STREAM_HEADS)
  readonly #insertEvent: StatementSync
  readonly #insertStream: StatementSync
  readonly #undo: StatementSync
  readonly #hasId: StatementSync
  /** Bound and copied by SQLite at each insert, so one is enough. */
  readonly #id = new Uint8Array(16)
  #newest: number
  #newestStream: number

  constructor(db: DatabaseSync, rows: EventRows) {
    this.#rows = rows
    this.#insertEvent = db.prepare('INSERT INTO event (position, stream_id, version, id, type, salt, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)')
    this.#insertStream = db.prepare('INSERT INTO stream (id, name) VALUES (?, ?)')
    this.#undo = db.prepare('DELETE FROM event WHERE position >= ?')
    this.#hasId = db.prepare('SELECT 1 FROM event WHERE stream_id = ? AND id = ?')
    this.#newest = rows.newestRow()
    this.#newestStream = numberOf(db.prepare('SELECT ifnull(max(id), 0) AS id FROM stream').get()?.id)
  }

  get newest(): number {
    return this.#newest
  }

  write({ stream, expectedVersion, events }: Append): AppendOutcome {
    const head = this.#head(stream)
    const actual = head?.version ?? NO_STREAM
    if (actual !== expectedVersion) return { status: 'conflict', actual }
    return this.#insert(head ?? this.#create(stream), events)
  }

  /** After a rollback to when `newest` was the newest position: what these appends left in memory never happened. */
  forget(appends: readonly Append[], newest: number): void {
    this.#newest = newest
    for (const { stream } of appends) this.#heads.delete(stream)
  }

  #head(stream: string): MutableHead | null {
    const cached = this.#heads.get(stream)
    if (cached !== undefined) return cached
    const stored = this.#rows.streamHead(stream)
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

  #insert(head: MutableHead, events: readonly NewEvent[]): AppendOutcome {
    const before = this.#newest
    const positions: Position[] = []
    try {
      for (const { streamVersion, id, type, salt, bytes } of events) {
        this.#insertEvent.run(++this.#newest, head.id, streamVersion, uuidBytes(id, this.#id), type, salt, bytes)
        positions.push(positionText(this.#newest))
      }
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      this.#undo.run(before + 1)
      this.#newest = before
      return this.#known(head, events)
    }
    head.version += events.length
    return { status: 'appended', positions }
  }

  #known(head: MutableHead, events: readonly NewEvent[]): AppendOutcome {
    const ids = events.map((event) => event.id).filter((id) => this.#hasId.get(head.id, uuidBytes(id)) !== undefined)
    if (ids.length === 0) throw new StoreCorrupt(`expected stream ${head.id} to end at version ${head.version}, found events behind it`)
    return { status: 'known', ids }
  }
}
