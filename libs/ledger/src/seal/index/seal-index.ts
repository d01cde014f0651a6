import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { TokenTally } from '@annal/proof'
import type { Position } from '../../event-store.ts'
import { blobOf, numberOf, prepareArrays, rowsOf, textOf } from '../../sqlite/columns.ts'
import type { LeafSource } from '../growing-log.ts'
import { parseLogName } from '../log-name.ts'

/** Where one log stood at a checkpoint. Its tree stands in its files. */
export interface LogCheckpoint {
  readonly name: string
  readonly origin: string | null
  readonly size: number
  readonly at: string
  readonly last: LeafSource | null
  /** Why it could not be trusted to continue its heads, or null. Such a log is read anew at the next start, unless it `ENDED`. */
  readonly closed: string | null
}

export interface Checkpoint {
  /** Up to where the store's events are in the logs. */
  readonly position: Position
  readonly logs: readonly LogCheckpoint[]
}

/** The log was continued under another origin and grows no more. */
export const ENDED = 'ended'

const APPLICATION_ID = 0x416e6c67
const VERSION = 1
const SCHEMA = `
  CREATE TABLE checkpoint (position TEXT NOT NULL) STRICT;
  CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    origin TEXT,
    size INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL DEFAULT '',
    last_position TEXT,
    last_stream TEXT,
    last_id TEXT,
    closed TEXT
  ) STRICT;
  CREATE TABLE tally (log INTEGER NOT NULL, token BLOB NOT NULL, count INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (log, token)) WITHOUT ROWID, STRICT;
  CREATE TABLE leaf (log INTEGER NOT NULL, position TEXT NOT NULL, leaf INTEGER NOT NULL, PRIMARY KEY (log, position)) WITHOUT ROWID, STRICT;
`

/**
 * `log.db`: what makes a restart quick and events findable in the logs, all of it computed again from the events when it is missing or
 * in doubt. Leaves are written with each head; the tallies of tokens, which would cost a page each, only at checkpoints. What came behind
 * the checkpoint is read from the store again.
 */
export class SealIndex {
  readonly #db: DatabaseSync
  readonly #ids = new Map<string, number>()
  readonly #insertLeaf: StatementSync
  readonly #putTally: StatementSync
  readonly #putLog: StatementSync

  /** Opens it for writing; a file that isn't one of this version is made anew. */
  constructor(path: string) {
    this.#db = openForWriting(path)
    this.#insertLeaf = this.#db.prepare('INSERT OR REPLACE INTO leaf VALUES (?, ?, ?)')
    this.#putTally = this.#db.prepare(
      'INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count, last = excluded.last',
    )
    this.#putLog = this.#db.prepare(
      'UPDATE log SET origin = ?, size = ?, at = ?, last_position = ?, last_stream = ?, last_id = ?, closed = ? WHERE id = ?',
    )
  }

  /** Null when there is none yet. */
  checkpoint(): Checkpoint | null {
    const [row] = rowsOf(prepareArrays(this.#db, 'SELECT position FROM checkpoint'))
    if (row === undefined) return null
    const logs = rowsOf(prepareArrays(this.#db, 'SELECT name, origin, size, at, last_position, last_stream, last_id, closed FROM log'))
    return { position: textOf(row[0]) as Position, logs: logs.map(logCheckpoint) }
  }

  *tallies(name: string): Generator<TokenTally> {
    const statement = prepareArrays(this.#db, 'SELECT token, count, last FROM tally WHERE log = ?')
    for (const row of statement.iterate(this.#id(name)) as Iterable<unknown>) {
      if (!Array.isArray(row)) throw new Error(`expected a row, found ${typeof row}`)
      yield { token: blobOf(row[0]), count: numberOf(row[1]), last: numberOf(row[2]) }
    }
  }

  /** Leaves `from` and on of a log, by the positions of their events. */
  addLeaves(name: string, from: number, positions: readonly Position[]): void {
    const log = this.#id(name)
    this.#transaction(() => {
      for (const [i, position] of positions.entries()) this.#insertLeaf.run(log, position, from + i)
    })
  }

  /** @param tallies by the log's name: those that changed since the last checkpoint. */
  putCheckpoint({ position, logs }: Checkpoint, tallies: ReadonlyMap<string, readonly TokenTally[]>): void {
    for (const { name } of logs) this.#id(name)
    this.#transaction(() => {
      for (const { name, origin, size, at, last, closed } of logs) {
        const id = this.#id(name)
        this.#putLog.run(origin, size, at, last?.position ?? null, last?.stream ?? null, last?.id ?? null, closed, id)
        for (const { token, count, last: leaf } of tallies.get(name) ?? []) this.#putTally.run(id, token, count, leaf)
      }
      this.#db.exec('DELETE FROM checkpoint')
      this.#db.prepare('INSERT INTO checkpoint VALUES (?)').run(position)
    })
  }

  /** Everything is forgotten: the events will be read again. */
  clear(): void {
    this.#ids.clear()
    this.#transaction(() => this.#db.exec('DELETE FROM checkpoint; DELETE FROM log; DELETE FROM tally; DELETE FROM leaf'))
  }

  close(): void {
    this.#db.close()
  }

  #id(name: string): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    if (parseLogName(name) === null) throw new Error(`expected the name of a log, found ${JSON.stringify(name)}`)
    this.#db.prepare('INSERT OR IGNORE INTO log (name) VALUES (?)').run(name)
    const id = numberOf(this.#db.prepare('SELECT id FROM log WHERE name = ?').get(name)?.id)
    this.#ids.set(name, id)
    return id
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      work()
      this.#db.exec('COMMIT')
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }
}

/** Where events stand in the logs; reads beside the sealer in any thread or process. */
export class LeafIndex {
  readonly #db: DatabaseSync
  readonly #leaf: StatementSync
  readonly #position: StatementSync

  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: true, timeout: 1_000 })
    this.#leaf = prepareArrays(
      this.#db,
      'SELECT log.name, leaf.leaf FROM log JOIN leaf ON leaf.log = log.id WHERE log.name = ?1 AND leaf.position = ?2',
    )
    this.#position = prepareArrays(
      this.#db,
      'SELECT leaf.position FROM log JOIN leaf ON leaf.log = log.id WHERE log.name = ?1 ORDER BY leaf.position LIMIT 1 OFFSET ?2',
    )
  }

  /** The leaf of the event at this position, or null while it is in none of these logs. */
  find(names: readonly string[], position: Position): { readonly name: string; readonly leaf: number } | null {
    for (const name of names) {
      const [row] = rowsOf(this.#leaf, name, position)
      if (row !== undefined) return { name: textOf(row[0]), leaf: numberOf(row[1]) }
    }
    return null
  }

  /** Where the event of a leaf stands in the store, or null when the log has no such leaf. */
  positionOf(name: string, leaf: number): Position | null {
    const [row] = rowsOf(this.#position, name, leaf)
    return row === undefined ? null : (textOf(row[0]) as Position)
  }

  close(): void {
    this.#db.close()
  }
}

function logCheckpoint(row: readonly unknown[]): LogCheckpoint {
  const [name, origin, size, at, position, stream, id, closed] = row
  const last = position === null ? null : { position: textOf(position) as Position, stream: textOf(stream), id: textOf(id) }
  return { name: textOf(name), origin: textOrNull(origin), size: numberOf(size), at: textOf(at), last, closed: textOrNull(closed) }
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : textOf(value)
}

function openForWriting(path: string): DatabaseSync {
  if (existsSync(path) && !isOurs(path)) for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  const isNew = !existsSync(path)
  if (isNew) closeSync(openSync(path, 'a', 0o600))
  const db = new DatabaseSync(path, { timeout: 2_000 })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4000; PRAGMA journal_size_limit = 33554432')
  if (isNew) db.exec(`BEGIN; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${VERSION}; COMMIT`)
  return db
}

/** False for a file that another version wrote or that is damaged: nothing in it is of value. */
function isOurs(path: string): boolean {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path)
    const application = db.prepare('PRAGMA application_id').get()?.application_id
    const version = db.prepare('PRAGMA user_version').get()?.user_version
    return application === APPLICATION_ID && version === VERSION && db.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok'
  } catch {
    return false // What can't be opened can't be continued either.
  } finally {
    db?.close()
  }
}
