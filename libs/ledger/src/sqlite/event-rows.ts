import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AllSlice, NO_STREAM, type Position, type RecordedEvent, StoreCorrupt, type StreamSlice } from '../event-store.ts'
import { tailProblem } from '../event-tail.ts'
import { RecentlyUsed } from '../recently-used.ts'
import { blobOf, numberOf, prepareArrays, rowsOf, textOf } from './columns.ts'
import { positionRow, positionText } from './position-text.ts'
import type { StreamIndex } from './stream-index.ts'
import { uuidText } from './uuid-bytes.ts'

const SALT = 16
const STREAM_NAMES = 10_000
/** So many events of other types at most are passed over in one read. */
const PASSED_AT_ONCE = 16_384
/** Salt and bytes come as one blob: allocating one per row instead of three doubles the rate of reading. */
const COLUMNS = 'e.position, e.stream_id, e.version, hex(e.id), e.type, CAST(e.salt || e.bytes AS BLOB)'

/** All that is read of events. Every event that leaves it was compared with its own bytes. */
export class EventRows {
  readonly #index: StreamIndex
  readonly #names = new RecentlyUsed<number, string>(STREAM_NAMES)
  readonly #streamName: StatementSync
  readonly #some: StatementSync
  readonly #all: StatementSync
  readonly #allOfPrefix: StatementSync
  readonly #allOfTypes: StatementSync
  readonly #newest: StatementSync

  constructor(db: DatabaseSync, index: StreamIndex) {
    this.#index = index
    this.#streamName = prepareArrays(db, 'SELECT name FROM stream WHERE id = ?')
    // CROSS JOIN fixes the order of the loops: what comes first also comes first in the answer.
    this.#some = prepareArrays(db, `SELECT ${COLUMNS} FROM json_each(?) wanted CROSS JOIN event e ON e.position = wanted.value`)
    this.#all = prepareArrays(db, `SELECT ${COLUMNS} FROM event e WHERE position > ? ORDER BY position LIMIT ?`)
    this.#allOfPrefix = prepareArrays(
      db,
      `SELECT ${COLUMNS} FROM event e CROSS JOIN stream s ON s.id = e.stream_id
       WHERE e.position > ? AND s.name >= ? AND s.name < ? ORDER BY e.position LIMIT ?`,
    )
    this.#allOfTypes = prepareArrays(
      db,
      `SELECT ${COLUMNS} FROM event e WHERE position > ? AND position <= ? AND type IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?`,
    )
    this.#newest = prepareArrays(db, 'SELECT max(position) FROM event')
  }

  streamVersion(stream: string): number {
    return this.#index.head(stream)?.version ?? NO_STREAM
  }

  readStream(stream: string, slice: StreamSlice): RecordedEvent[] {
    const head = this.#index.head(stream)
    return head === null ? [] : this.#at(this.#index.positions(head, slice))
  }

  findEvent(stream: string, id: string): RecordedEvent | null {
    const head = this.#index.head(stream)
    const position = head === null ? null : this.#index.positionOf(head, id)
    return position === null ? null : (this.#at([position])[0] ?? null)
  }

  readAll({ after, limit, streamPrefix, types }: AllSlice): RecordedEvent[] {
    const from = positionRow(after)
    if (types !== undefined) return this.#ofTypes(from, limit, types)
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
    return row === 0 ? null : (this.#at([row])[0] ?? null)
  }

  /** Positions have no gaps. */
  countAfter(after: Position | null, bound: number): number {
    return Math.min(bound, Math.max(0, this.newestRow() - positionRow(after)))
  }

  /** The position of the newest event as a number; 0 in an empty store. */
  newestRow(): number {
    const [row] = rowsOf(this.#newest)
    return row?.[0] === null ? 0 : numberOf(row?.[0])
  }

  /** What is passed over isn't even read: types stand before the bytes. The last row looked at comes in any case. */
  #ofTypes(from: number, limit: number, types: readonly string[]): RecordedEvent[] {
    const until = Math.min(this.newestRow(), from + PASSED_AT_ONCE)
    if (until <= from) return []
    const events = rowsOf(this.#allOfTypes, from, until, JSON.stringify(types), limit).map((row) => this.#event(row))
    const isDone = events.length === limit || events.at(-1)?.position === positionText(until)
    return isDone ? events : [...events, ...this.#at([until])]
  }

  #at(positions: readonly number[]): RecordedEvent[] {
    if (positions.length === 0) return []
    const rows = rowsOf(this.#some, JSON.stringify(positions))
    if (rows.length < positions.length) throw new StoreCorrupt(`expected ${positions.length} events that are indexed, found ${rows.length}`)
    return rows.map((row) => this.#event(row))
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
