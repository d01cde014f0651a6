import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { numberOf, rowsOf, textOf } from './columns.ts'
import { uuidBytes, uuidText } from './uuid-bytes.ts'

/** So many events are indexed at a time: a few milliseconds of work, in which the ids of one stream come to lie together. */
const BULK = 2048

/** The plus keeps SQLite from reading the whole of another index for the order. */
export const INDEX_LATE_IDS = `
  INSERT INTO event_id SELECT stream_id, id, version FROM event
    WHERE position > (SELECT position FROM event_id_end) ORDER BY +stream_id, id`

/**
 * The writer's index of ids: the table `event_id` up to some position, and a map of all that came later. `index` moves the map into the
 * table. What was added since `settle` or `undo` is undone by `undo`, as a rollback does with the rows.
 */
export class LateIds {
  readonly #db: DatabaseSync
  readonly #late = new Map<string, number>()
  #unsettled: string[] = []
  readonly #versionOf: StatementSync
  readonly #id = new Uint8Array(16)
  /** Streams with greater ids have no ids in the table. */
  #newestIndexedStream: number
  #dueAt = BULK

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#versionOf = db.prepare('SELECT version FROM event_id WHERE stream_id = ? AND id = ?')
    this.#newestIndexedStream = this.#readNewestIndexedStream()
    const behind = db.prepare('SELECT stream_id, hex(id), version FROM event WHERE position > (SELECT position FROM event_id_end)')
    behind.setReturnArrays(true)
    for (const [stream, id, version] of rowsOf(behind)) this.#late.set(keyOf(numberOf(stream), uuidText(textOf(id))), numberOf(version))
  }

  /** The version of the event with this id in this stream, or null. */
  versionOf(stream: number, id: string): number | null {
    const late = this.#late.get(keyOf(stream, id))
    if (late !== undefined) return late
    if (stream > this.#newestIndexedStream) return null
    const row = this.#versionOf.get(stream, uuidBytes(id, this.#id))
    return row === undefined ? null : numberOf(row.version)
  }

  add(stream: number, id: string, version: number): void {
    const key = keyOf(stream, id)
    this.#late.set(key, version)
    this.#unsettled.push(key)
  }

  /** After a commit. */
  settle(): void {
    this.#unsettled = []
  }

  /** After a rollback. */
  undo(): void {
    for (const key of this.#unsettled) this.#late.delete(key)
    this.#unsettled = []
  }

  get isDue(): boolean {
    return this.#late.size >= this.#dueAt
  }

  /** Between transactions. When it fails nothing is lost, and it is due again after the next so many events. */
  index(): void {
    this.#dueAt = this.#late.size + BULK
    this.#db.exec(`BEGIN IMMEDIATE; ${INDEX_LATE_IDS}; UPDATE event_id_end SET position = (SELECT max(position) FROM event); COMMIT`)
    this.#late.clear()
    this.#dueAt = BULK
    this.#newestIndexedStream = this.#readNewestIndexedStream()
  }

  #readNewestIndexedStream(): number {
    return numberOf(this.#db.prepare('SELECT ifnull(max(stream_id), 0) AS newest FROM event_id').get()?.newest)
  }
}

function keyOf(stream: number, id: string): string {
  return `${stream}/${id}`
}
