import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StoreCorrupt, StoreFull, StoreUnavailable, StoreVersionMismatch } from '../event-store.ts'

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
export function openPrivateDatabase(database: PrivateDatabase, mode: 'write' | 'read'): DatabaseSync {
  try {
    return mode === 'write' ? openForWriting(database) : openForReading(database)
  } catch (error) {
    throw databaseFailure(database.what, error)
  }
}

function openForWriting(database: PrivateDatabase): DatabaseSync {
  closeSync(openSync(database.file, 'a', 0o600))
  const db = new DatabaseSync(database.file, { timeout: BUSY_TIMEOUT_MS })
  return orClose(db, () => {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY')
    migrate(db, database)
  })
}

function openForReading(database: PrivateDatabase): DatabaseSync {
  const db = new DatabaseSync(database.file, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  return orClose(db, () => {
    const found = schemaVersion(db, database)
    if (found === database.steps.length) return
    throw mismatch(database, found, found < database.steps.length ? 'start the server once, it upgrades the file' : 'use the newer Annal')
  })
}

function orClose(db: DatabaseSync, prepare: () => void): DatabaseSync {
  try {
    prepare()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function migrate(db: DatabaseSync, database: PrivateDatabase): void {
  runTransaction(db, () => {
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

/**
 * All that `work` writes, or nothing; durable on return. Sees what other connections committed before it began.
 * @throws StoreFull, StoreUnavailable, StoreCorrupt: nothing was written.
 */
export function inTransaction<Result>(db: DatabaseSync, what: string, work: () => Result): Result {
  try {
    return runTransaction(db, work)
  } catch (error) {
    throw databaseFailure(what, error)
  }
}

function runTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
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

/** Primary result codes (https://sqlite.org/rescode.html); extended ones carry them in their low byte. */
const BUSY = 5
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26
/** The shared index of the WAL could not grow. */
const IOERR_SHMSIZE = 4874

/** SQLite's failure in the words of the store's port; anything else comes back as it is. */
export function databaseFailure(what: string, error: unknown): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error
  const options = { cause: error }
  if (error.errcode === IOERR_SHMSIZE) return new StoreFull(`no room is left for the ${what}`, options)
  switch (error.errcode & 0xff) {
    case FULL:
      return new StoreFull(`no room is left for the ${what}`, options)
    case BUSY:
    case READONLY:
    case IOERR:
    case CANTOPEN:
      return new StoreUnavailable(`the ${what} can't be used: ${error.message}`, options)
    case CORRUPT:
    case NOTADB:
      return new StoreCorrupt(`the ${what}'s file is damaged: ${error.message}`, options)
  }
  return error
}
