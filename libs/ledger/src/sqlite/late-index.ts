import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { NO_STREAM, type StreamSlice } from '../event-store.ts'
import { numberOf, prepareArrays, rowsOf, textOf } from './columns.ts'
import { LateRows } from './late-rows.ts'
import type { StreamHead, StreamIndex } from './stream-index.ts'
import { uuidBytes, uuidText } from './uuid-bytes.ts'

/** So many events are indexed at a time: a few milliseconds of work, in which those of one stream come to lie together. */
const BULK = 2048

const LATE = 'FROM event WHERE position > (SELECT position FROM indexed)'

/** The plus keeps SQLite from taking the order for a reason to read more than the late rows. */
export const INDEX_LATE_ROWS: readonly string[] = [
  `INSERT INTO event_version SELECT stream_id, version, position ${LATE} ORDER BY +stream_id, version`,
  `INSERT INTO event_id SELECT stream_id, id, position ${LATE} ORDER BY +stream_id, id`,
]

/** The writer's index: the index tables, and in memory what is not in them yet. */
export class LateIndex implements StreamIndex {
  readonly #db: DatabaseSync
  readonly late = new LateRows()
  readonly #head: StatementSync
  readonly #forwards: StatementSync
  readonly #backwards: StatementSync
  readonly #byId: StatementSync
  readonly #id = new Uint8Array(16)
  /** Streams with greater ids have nothing in the tables. */
  #newestIndexedStream: number
  #dueAt = BULK

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#head = prepareArrays(
      db,
      'SELECT id, (SELECT max(version) FROM event_version WHERE stream_id = s.id) FROM stream s WHERE name = ?',
    )
    this.#forwards = prepareArrays(db, 'SELECT position FROM event_version WHERE stream_id = ? AND version >= ? ORDER BY version LIMIT ?')
    this.#backwards = prepareArrays(
      db,
      'SELECT position FROM event_version WHERE stream_id = ? AND version <= ? ORDER BY version DESC LIMIT ?',
    )
    this.#byId = prepareArrays(db, 'SELECT position FROM event_id WHERE stream_id = ? AND id = ?')
    this.#newestIndexedStream = this.#readNewestIndexedStream()
    for (const [stream, version, id, position] of rowsOf(
      prepareArrays(db, `SELECT stream_id, version, hex(id), position ${LATE} ORDER BY position`),
    )) {
      this.late.add({ stream: numberOf(stream), version: numberOf(version), id: uuidText(textOf(id)), position: numberOf(position) })
    }
    this.late.settle()
  }

  head(stream: string): StreamHead | null {
    const [row] = rowsOf(this.#head, stream)
    if (row === undefined) return null
    const id = numberOf(row[0])
    const late = this.late.of(id)
    if (late !== undefined) return { id, version: late.from + late.positions.length - 1 }
    return { id, version: row[1] === null ? NO_STREAM : numberOf(row[1]) }
  }

  positions(head: StreamHead, { from, direction, limit }: StreamSlice): number[] {
    return direction === 'forwards'
      ? this.#ascending(head, from ?? 0, limit)
      : this.#descending(head, Math.min(from ?? head.version, head.version), limit)
  }

  #ascending({ id }: StreamHead, from: number, limit: number): number[] {
    const late = this.late.of(id)
    const indexed = late === undefined || from < late.from ? positionsOf(this.#forwards, id, from, limit) : []
    const skipped = Math.max(0, from - (late?.from ?? 0))
    return [...indexed, ...(late?.positions.slice(skipped, skipped + limit - indexed.length) ?? [])]
  }

  #descending({ id }: StreamHead, from: number, limit: number): number[] {
    const late = this.late.of(id)
    const end = Math.max(0, from + 1 - (late?.from ?? 0))
    const newest = late?.positions.slice(Math.max(0, end - limit), end).reverse() ?? []
    return newest.length === limit ? newest : [...newest, ...positionsOf(this.#backwards, id, from, limit - newest.length)]
  }

  positionOf(head: StreamHead, id: string): number | null {
    const late = this.late.positionOf(head.id, id)
    if (late !== undefined) return late
    if (head.id > this.#newestIndexedStream) return null
    const [row] = rowsOf(this.#byId, head.id, uuidBytes(id, this.#id))
    return row === undefined ? null : numberOf(row[0])
  }

  get isDue(): boolean {
    return this.late.size >= this.#dueAt
  }

  /** Between transactions. When it fails nothing is lost, and it is due again after the next so many events. */
  index(): void {
    this.#dueAt = this.late.size + BULK
    this.#db.exec(`BEGIN IMMEDIATE; ${INDEX_LATE_ROWS.join('; ')}; UPDATE indexed SET position = (SELECT max(position) FROM event); COMMIT`)
    this.late.clear()
    this.#dueAt = BULK
    this.#newestIndexedStream = this.#readNewestIndexedStream()
  }

  #readNewestIndexedStream(): number {
    return numberOf(this.#db.prepare('SELECT ifnull(max(stream_id), 0) AS newest FROM event_version').get()?.newest)
  }
}

function positionsOf(statement: StatementSync, stream: number, from: number, limit: number): number[] {
  return rowsOf(statement, stream, from, limit).map(([position]) => numberOf(position))
}
