import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type EventReader, type EventStore, type NewEvent, StoreUnavailable } from '../event-store.ts'
import { tailProblem } from '../event-tail.ts'
import { CommitSignal } from './commit-signal.ts'
import { EventRows } from './event-rows.ts'
import { EventWriter } from './event-writer.ts'
import { follow } from './follow.ts'
import { GroupCommit } from './group-commit.ts'
import { LateIndex } from './late-index.ts'
import { isBlank, migrate, requireNewestSchema } from './migrate.ts'
import { storeFailure } from './sqlite-failure.ts'
import { ReadersIndex } from './stream-index.ts'
import { uuidBytes } from './uuid-bytes.ts'
import { holdWriterLock } from './writer-lock.ts'

export interface SqliteStoreOptions {
  readonly file: string
  /** Woken at each commit; share its memory with readers in other threads. Readers elsewhere look every 200 ms. */
  readonly commits?: CommitSignal
}

/**
 * An event store in one SQLite file. `write` makes a missing file and is the only writer until it is closed; `read` opens an existing
 * one, beside a writer in any thread or process.
 * @throws StoreLocked, StoreVersionMismatch, StoreUnavailable, StoreCorrupt
 */
export function openSqliteStore(options: SqliteStoreOptions & { readonly mode: 'write' }): EventStore
export function openSqliteStore(options: SqliteStoreOptions & { readonly mode: 'read' }): EventReader
export function openSqliteStore(options: SqliteStoreOptions & { readonly mode: 'write' | 'read' }): EventStore | EventReader {
  const { file, mode, commits = new CommitSignal() } = options
  try {
    return mode === 'write' ? openForWriting(file, commits) : openForReading(file, commits)
  } catch (error) {
    throw storeFailure(error)
  }
}

/** Brings an older event file to the newest schema, under the writer's lock. Back it up first. */
export function migrateSqliteStore(file: string): void {
  const lock = holdWriterLock(file)
  try {
    using db = new DatabaseSync(file)
    migrate(db)
  } catch (error) {
    throw storeFailure(error)
  } finally {
    lock.release()
  }
}

function openForReading(file: string, commits: CommitSignal): EventReader {
  if (!existsSync(file)) throw new StoreUnavailable(`expected an event store at ${file}, found no file`)
  const db = new DatabaseSync(file, { readOnly: true, timeout: 1_000 })
  try {
    requireNewestSchema(db)
    db.exec('PRAGMA cache_size = -4000')
    return reader(new EventRows(db, new ReadersIndex(db)), commits, async () => db.close())
  } catch (error) {
    db.close()
    throw error
  }
}

function openForWriting(file: string, commits: CommitSignal): EventStore {
  const lock = holdWriterLock(file)
  try {
    const db = openDatabase(file)
    try {
      return writer(db, commits, lock.release)
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Only the owner may read the file; the WAL and its index take over its mode. */
function openDatabase(file: string): DatabaseSync {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  return new DatabaseSync(file, { timeout: 1_000 })
}

function writer(db: DatabaseSync, commits: CommitSignal, release: () => void): EventStore {
  if (isBlank(db)) migrate(db)
  requireNewestSchema(db)
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864',
  )
  const index = new LateIndex(db)
  const group = new GroupCommit(db, new EventWriter(db, index), commits)
  let open = true
  return {
    ...reader(new EventRows(db, index), commits, async () => {
      if (!open) return
      open = false
      group.flush()
      db.close()
      release()
    }),
    refusesKnownIds: true,
    append: async (stream, expectedVersion, events) => {
      if (!open) throw new StoreUnavailable('the event store is closed')
      requireConsistent(stream, expectedVersion, events)
      return group.append({ stream, expectedVersion, events })
    },
  }
}

function reader(rows: EventRows, commits: CommitSignal, close: () => Promise<void>): EventReader {
  return {
    readStream: (stream, slice) => reading(() => rows.readStream(stream, slice)),
    streamVersion: (stream) => reading(() => rows.streamVersion(stream)),
    findEvent: (stream, id) => reading(() => rows.findEvent(stream, id)),
    readAll: (slice) => reading(() => rows.readAll(slice)),
    head: () => reading(() => rows.head()),
    newest: () => reading(() => rows.newest()),
    subscribe: (from) => follow((slice) => reading(() => rows.readAll(slice)), commits, from),
    close,
  }
}

async function reading<T>(read: () => T): Promise<T> {
  try {
    return read()
  } catch (error) {
    throw storeFailure(error)
  }
}

const anId = new Uint8Array(16)

/** What could never be read back is not written. */
function requireConsistent(stream: string, expectedVersion: number, events: readonly NewEvent[]): void {
  if (events.length === 0) throw new Error('expected at least one event to append, found none')
  let version = expectedVersion
  for (const { id, type, streamVersion, bytes, salt } of events) {
    const problem = tailProblem(bytes, { id, stream, streamVersion, type })
    if (problem !== null) throw new Error(`the event ${id} is not what its bytes say: ${problem}`)
    if (++version !== streamVersion) throw new Error(`expected stream version ${version}, found ${streamVersion}`)
    if (salt.length !== 16) throw new Error(`expected a salt of 16 bytes, found ${salt.length}`)
    uuidBytes(id, anId)
  }
  requireDistinctIds(events)
}

function requireDistinctIds(events: readonly NewEvent[]): void {
  if (events.length === 1) return
  const ids = new Set(events.map((event) => event.id))
  if (ids.size < events.length) throw new Error(`expected each id once in an append, found ${events.length - ids.size} again`)
}
