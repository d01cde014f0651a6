import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { NO_STREAM, type StreamSlice } from '../event-store.ts'
import { numberOf, prepareArrays, rowsOf } from './columns.ts'
import { uuidBytes } from './uuid-bytes.ts'

export interface StreamHead {
  readonly id: number
  /** The newest version, or NO_STREAM. */
  readonly version: number
}

/** Finds the events of a stream. Positions of one stream ascend with its versions. */
export interface StreamIndex {
  /** Null when there is no stream of that name. */
  head(stream: string): StreamHead | null
  positions(head: StreamHead, slice: StreamSlice): number[]
  positionOf(head: StreamHead, id: string): number | null
}

/** What is not in the index tables yet: at most some thousand rows. The plus keeps SQLite from taking another way to them. */
const LATE = 'FROM event WHERE position > (SELECT position FROM indexed) AND +stream_id = ?1'

/** For readers: each question is one statement, so that it sees one state, and looks into the index and at the rows behind it. */
export class ReadersIndex implements StreamIndex {
  readonly #stream: StatementSync
  readonly #newest: StatementSync
  readonly #forwards: StatementSync
  readonly #backwards: StatementSync
  readonly #byId: StatementSync

  constructor(db: DatabaseSync) {
    const places = (within: string, order: string) =>
      prepareArrays(
        db,
        `SELECT version, position FROM event_version WHERE stream_id = ?1 AND ${within}
         UNION ALL SELECT version, position ${LATE} AND ${within} ORDER BY 1 ${order} LIMIT ?3`,
      )
    this.#stream = prepareArrays(db, 'SELECT id FROM stream WHERE name = ?')
    this.#newest = prepareArrays(
      db,
      `SELECT max(version) FROM (SELECT max(version) AS version FROM event_version WHERE stream_id = ?1 UNION ALL SELECT max(version) ${LATE})`,
    )
    this.#forwards = places('version >= ?2', 'ASC')
    this.#backwards = places('version <= ?2', 'DESC')
    this.#byId = prepareArrays(
      db,
      `SELECT position FROM event_id WHERE stream_id = ?1 AND id = ?2 UNION ALL SELECT position ${LATE} AND id = ?2`,
    )
  }

  head(stream: string): StreamHead | null {
    const [row] = rowsOf(this.#stream, stream)
    if (row === undefined) return null
    const id = numberOf(row[0])
    const [newest] = rowsOf(this.#newest, id)
    return { id, version: newest?.[0] === null ? NO_STREAM : numberOf(newest?.[0]) }
  }

  positions({ id }: StreamHead, { from, direction, limit }: StreamSlice): number[] {
    const rows =
      direction === 'forwards'
        ? rowsOf(this.#forwards, id, from ?? 0, limit)
        : rowsOf(this.#backwards, id, from ?? Number.MAX_SAFE_INTEGER, limit)
    return rows.map(([, position]) => numberOf(position))
  }

  positionOf(head: StreamHead, id: string): number | null {
    const [row] = rowsOf(this.#byId, head.id, uuidBytes(id))
    return row === undefined ? null : numberOf(row[0])
  }
}
