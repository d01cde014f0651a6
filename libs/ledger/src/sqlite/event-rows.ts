import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AllSlice, NO_STREAM, type Position, type RecordedEvent, StoreCorrupt, type StreamSlice } from '../event-store.ts'
import { tailProblem } from '../event-tail.ts'
import { RecentlyUsed } from '../recently-used.ts'
import { blobOf, numberOf, prepareArrays, rowsOf, textOf } from './columns.ts'
import { positionRow, positionText } from './position-text.ts'
import type { StreamIndex } from './stream-index.ts'
import { uuidText } from './uuid-bytes.ts'

const STREAM_NAMES = 10_000
/** So many events of other types at most are passed over in one read. */
const PASSED_AT_ONCE = 16_384
/**
 * A page is one row: the columns of its events as JSON, and in the same order what they hold, one behind the other. Memory for each event of
 * its own costs more than reading it, is left in pieces when it goes, and has the collector look at each. What is concatenated is taken for
 * text, in which SQLite counts bytes and looks at none of them.
 */
const PAGE = `json_group_array(json_array(position, stream_id, version, hex(id), type, length(salt), length(bytes))),
  CAST(group_concat(CAST(salt AS TEXT) || CAST(bytes AS TEXT), '') AS BLOB)`

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
    const page = (rows: string) => prepareArrays(db, `SELECT ${PAGE} FROM (SELECT e.* FROM ${rows})`)
    this.#some = page('json_each(?) wanted CROSS JOIN event e ON e.position = wanted.value')
    this.#all = page('event e WHERE position > ? ORDER BY position LIMIT ?')
    this.#allOfPrefix = page(
      'event e CROSS JOIN stream s ON s.id = e.stream_id WHERE e.position > ? AND s.name >= ? AND s.name < ? ORDER BY e.position LIMIT ?',
    )
    this.#allOfTypes = page(
      'event e WHERE position > ? AND position <= ? AND type IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?',
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
    return streamPrefix === undefined
      ? this.#page(this.#all, from, limit)
      : this.#page(this.#allOfPrefix, from, streamPrefix, `${streamPrefix}\u{10ffff}`, limit)
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
    const events = this.#page(this.#allOfTypes, from, until, JSON.stringify(types), limit)
    const isDone = events.length === limit || events.at(-1)?.position === positionText(until)
    return isDone ? events : [...events, ...this.#at([until])]
  }

  #at(positions: readonly number[]): RecordedEvent[] {
    if (positions.length === 0) return []
    const events = this.#page(this.#some, JSON.stringify(positions))
    if (events.length < positions.length)
      throw new StoreCorrupt(`expected ${positions.length} events that are indexed, found ${events.length}`)
    return events
  }

  #page(statement: StatementSync, ...parameters: (number | string)[]): RecordedEvent[] {
    const [page] = rowsOf(statement, ...parameters)
    const rows: readonly (readonly unknown[])[] = JSON.parse(textOf(page?.[0]))
    if (rows.length === 0) return []
    const content = blobOf(page?.[1])
    let at = 0
    const take = (length: unknown) => {
      at += numberOf(length)
      return content.subarray(at - numberOf(length), at)
    }
    return rows.map((row) => this.#event(row, take(row[5]), take(row[6])))
  }

  #event(row: readonly unknown[], salt: Uint8Array, bytes: Uint8Array): RecordedEvent {
    const event: RecordedEvent = {
      position: positionText(numberOf(row[0])),
      stream: this.#nameOf(numberOf(row[1])),
      streamVersion: numberOf(row[2]),
      id: uuidText(textOf(row[3])),
      type: textOf(row[4]),
      bytes,
      salt,
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
