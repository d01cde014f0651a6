import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AllSlice, NO_STREAM, type Position, type RecordedEvent, StoreCorrupt, type StreamSlice } from '../event-store.ts'
import { tailProblem } from '../event-tail.ts'
import { RecentlyUsed } from '../recently-used.ts'
import { blobOf, numberOf, rowsOf, textOf } from './columns.ts'
import { positionRow, positionText } from './position-text.ts'
import { uuidBytes, uuidText } from './uuid-bytes.ts'

const SALT = 16
const STREAM_NAMES = 10_000
/** Salt and bytes come as one blob: allocating one per row instead of three doubles the rate of reading. */
const COLUMNS = 'e.position, e.stream_id, e.version, hex(e.id), e.type, CAST(e.salt || e.bytes AS BLOB)'

export interface StreamHead {
  readonly id: number
  readonly version: number
}

/** All that is read from one connection. Every event that leaves it was compared with its own bytes. */
export class EventRows {
  readonly #names = new RecentlyUsed<number, string>(STREAM_NAMES)
  readonly #streamName: StatementSync
  readonly #streamHead: StatementSync
  readonly #forwards: StatementSync
  readonly #backwards: StatementSync
  readonly #versionOfId: StatementSync
  readonly #all: StatementSync
  readonly #allOfPrefix: StatementSync
  readonly #newest: StatementSync

  constructor(db: DatabaseSync) {
    const prepare = (sql: string) => {
      const statement = db.prepare(sql)
      statement.setReturnArrays(true)
      return statement
    }
    this.#streamName = prepare('SELECT name FROM stream WHERE id = ?')
    this.#streamHead = prepare('SELECT id, (SELECT max(version) FROM event WHERE stream_id = s.id) FROM stream s WHERE name = ?')
    this.#forwards = prepare(`SELECT ${COLUMNS} FROM event e WHERE stream_id = ? AND version >= ? ORDER BY version LIMIT ?`)
    this.#backwards = prepare(`SELECT ${COLUMNS} FROM event e WHERE stream_id = ? AND version <= ? ORDER BY version DESC LIMIT ?`)
    // One statement, so that it sees one state. The plus keeps the second half on the rows behind the index's end.
    this.#versionOfId = prepare(
      `SELECT version FROM event_id WHERE stream_id = ?1 AND id = ?2 UNION ALL
       SELECT version FROM event WHERE position > (SELECT position FROM event_id_end) AND +stream_id = ?1 AND id = ?2`,
    )
    this.#all = prepare(`SELECT ${COLUMNS} FROM event e WHERE position > ? ORDER BY position LIMIT ?`)
    // CROSS JOIN fixes the order of the loops: events by position, each with its stream, never streams first.
    this.#allOfPrefix = prepare(
      `SELECT ${COLUMNS} FROM event e CROSS JOIN stream s ON s.id = e.stream_id
       WHERE e.position > ? AND s.name >= ? AND s.name < ? ORDER BY e.position LIMIT ?`,
    )
    this.#newest = prepare('SELECT max(position) FROM event')
  }

  /** The stream's row and newest version, or null when there is none of that name. */
  streamHead(stream: string): StreamHead | null {
    const [row] = rowsOf(this.#streamHead, stream)
    if (row === undefined) return null
    return { id: numberOf(row[0]), version: row[1] === null ? NO_STREAM : numberOf(row[1]) }
  }

  streamVersion(stream: string): number {
    return this.streamHead(stream)?.version ?? NO_STREAM
  }

  readStream(stream: string, { from, direction, limit }: StreamSlice): RecordedEvent[] {
    const head = this.streamHead(stream)
    if (head === null) return []
    const rows =
      direction === 'forwards'
        ? rowsOf(this.#forwards, head.id, from ?? 0, limit)
        : rowsOf(this.#backwards, head.id, from ?? Number.MAX_SAFE_INTEGER, limit)
    return rows.map((row) => this.#event(row))
  }

  /** Looks into the index of ids and at the rows that it doesn't cover yet. */
  findEvent(stream: string, id: string): RecordedEvent | null {
    const head = this.streamHead(stream)
    const [row] = head === null ? [] : rowsOf(this.#versionOfId, head.id, uuidBytes(id))
    return row === undefined ? null : this.eventAt(stream, numberOf(row[0]))
  }

  eventAt(stream: string, version: number): RecordedEvent | null {
    const [event] = this.readStream(stream, { from: version, direction: 'forwards', limit: 1 })
    return event?.streamVersion === version ? event : null
  }

  readAll({ after, limit, streamPrefix }: AllSlice): RecordedEvent[] {
    const from = positionRow(after)
    const rows =
      streamPrefix === undefined
        ? rowsOf(this.#all, from, limit)
        : rowsOf(this.#allOfPrefix, from, streamPrefix, `${streamPrefix}\u{10ffff}`, limit)
    return rows.map((row) => this.#event(row))
  }

  head(): Position | null {
    const row = this.newestRow()
    return row === 0 ? null : positionText(row)
  }

  newest(): RecordedEvent | null {
    const row = this.newestRow()
    const [newest] = row === 0 ? [] : rowsOf(this.#all, row - 1, 1)
    return newest === undefined ? null : this.#event(newest)
  }

  /** The position of the newest event as a number; 0 in an empty store. */
  newestRow(): number {
    const [row] = rowsOf(this.#newest)
    return row?.[0] === null ? 0 : numberOf(row?.[0])
  }

  #event(row: readonly unknown[]): RecordedEvent {
    const blob = blobOf(row[5])
    const event: RecordedEvent = {
      position: positionText(numberOf(row[0])),
      stream: this.#nameOf(numberOf(row[1])),
      streamVersion: numberOf(row[2]),
      id: uuidText(textOf(row[3])),
      type: textOf(row[4]),
      bytes: blob.subarray(SALT),
      salt: blob.subarray(0, SALT),
    }
    const problem = tailProblem(event.bytes, event)
    if (problem !== null) throw new StoreCorrupt(`the event at position ${event.position} is not what its row says: ${problem}`)
    return event
  }

  #nameOf(id: number): string {
    const known = this.#names.get(id)
    if (known !== undefined) return known
    const [row] = rowsOf(this.#streamName, id)
    if (row === undefined) throw new StoreCorrupt(`expected a name for stream ${id}, found none`)
    const name = textOf(row[0])
    this.#names.set(id, name)
    return name
  }
}
