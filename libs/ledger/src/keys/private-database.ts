import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { StoreVersionMismatch } from '../event-store.ts'
import { databaseFailure } from './database-failure.ts'

/** One SQLite file of secrets: only its owner may read it, and what is deleted from it is overwritten. */
export interface PrivateDatabase {
  /** How it is called in messages. */
  readonly what: string
  readonly file: string
  /** Tells the file from any other SQLite file. */
  readonly applicationId: number
  /** The i-th brings the schema from `user_version` i to i + 1. Steps are never changed once released, only added. */
  readonly steps: readonly string[]
}

const BUSY_TIMEOUT_MS = 2_000

/**
 * Opens it for writing (makes it with mode 600, or brings it to the newest schema) or for reading.
 * @throws StoreVersionMismatch, StoreUnavailable
 */
export function openPrivateDatabase(database: PrivateDatabase, mode: 'write' | 'read'): PrivateConnection {
  try {
    return mode === 'write' ? openForWriting(database) : openForReading(database)
  } catch (error) {
    throw databaseFailure(database.what, error)
  }
}

/** Throws SQLite's failures in the words of the store's port: StoreFull, StoreUnavailable, StoreCorrupt. */
export class PrivateConnection {
  readonly #db: DatabaseSync
  readonly #what: string

  constructor(db: DatabaseSync, what: string) {
    this.#db = db
    this.#what = what
  }

  prepare(sql: string): PrivateStatement {
    return new PrivateStatement(this.#db.prepare(sql), this.#what)
  }

  /** All that `work` writes, or nothing; durable on return. Sees what other connections committed before it began. */
  transaction<Result>(work: () => Result): Result {
    try {
      return inTransaction(this.#db, work)
    } catch (error) {
      throw databaseFailure(this.#what, error)
    }
  }

  close(): void {
    this.#db.close()
  }
}

export type Row = Record<string, SQLOutputValue>

export class PrivateStatement {
  readonly #statement: StatementSync
  readonly #what: string

  constructor(statement: StatementSync, what: string) {
    this.#statement = statement
    this.#what = what
  }

  get(...values: SQLInputValue[]): Row | undefined {
    try {
      return this.#statement.get(...values)
    } catch (error) {
      throw databaseFailure(this.#what, error)
    }
  }

  all(...values: SQLInputValue[]): Row[] {
    try {
      return this.#statement.all(...values)
    } catch (error) {
      throw databaseFailure(this.#what, error)
    }
  }

  /** The id of the row that it inserted, if it did. */
  run(...values: SQLInputValue[]): number {
    try {
      return Number(this.#statement.run(...values).lastInsertRowid)
    } catch (error) {
      throw databaseFailure(this.#what, error)
    }
  }
}

function openForWriting(database: PrivateDatabase): PrivateConnection {
  closeSync(openSync(database.file, 'a', 0o600))
  const db = new DatabaseSync(database.file, { timeout: BUSY_TIMEOUT_MS })
  return orClose(db, database, () => {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY')
    migrate(db, database)
  })
}

function openForReading(database: PrivateDatabase): PrivateConnection {
  const db = new DatabaseSync(database.file, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  return orClose(db, database, () => {
    // Every thread has such a connection; what is asked for often is remembered beside it.
    db.exec('PRAGMA cache_size = -500')
    const found = schemaVersion(db, database)
    if (found === database.steps.length) return
    throw mismatch(database, found, found < database.steps.length ? 'start the server once, it upgrades the file' : 'use the newer Annal')
  })
}

function orClose(db: DatabaseSync, { what }: PrivateDatabase, prepare: () => void): PrivateConnection {
  try {
    prepare()
    return new PrivateConnection(db, what)
  } catch (error) {
    db.close()
    throw error
  }
}

function migrate(db: DatabaseSync, database: PrivateDatabase): void {
  inTransaction(db, () => {
    const found = schemaVersion(db, database)
    if (found > database.steps.length) throw mismatch(database, found, 'use the newer Annal that wrote it')
    if (found === database.steps.length) return
    for (const step of database.steps.slice(found)) db.exec(step)
    db.exec(`PRAGMA application_id = ${database.applicationId}; PRAGMA user_version = ${database.steps.length}`)
  })
}

/** 0 for a blank file. */
function schemaVersion(db: DatabaseSync, { what, file, applicationId }: PrivateDatabase): number {
  const application = db.prepare('PRAGMA application_id').get()?.application_id
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n
  if (application !== applicationId && tables !== 0)
    throw new StoreVersionMismatch(`expected a ${what} of Annal in ${file}, found another SQLite file`)
  return Number(db.prepare('PRAGMA user_version').get()?.user_version)
}

function mismatch({ what, file, steps }: PrivateDatabase, found: number, advice: string): StoreVersionMismatch {
  return new StoreVersionMismatch(`expected the ${what} ${file} at schema version ${steps.length}, found ${found}: ${advice}`)
}

function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
