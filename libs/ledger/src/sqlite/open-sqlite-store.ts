import { DatabaseSync } from 'node:sqlite'
import { type EventReader, type EventStore, StoreUnavailable } from '../event-store.ts'
import { CommitSignal } from './commit-signal.ts'
import { requireConsistent } from './consistent-append.ts'
import { type EventDatabase, openEventDatabase } from './event-database.ts'
import { GroupCommit } from './group-commit.ts'
import { migrate } from './migrate.ts'
import { storeFailure } from './sqlite-failure.ts'
import { eventReader, openSqliteReader } from './sqlite-reader.ts'
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
    return mode === 'write' ? openForWriting(file, commits) : openSqliteReader(file, commits)
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

function openForWriting(file: string, commits: CommitSignal): EventStore {
  const lock = holdWriterLock(file)
  try {
    return writer(openEventDatabase(file, commits), commits, lock.release)
  } catch (error) {
    lock.release()
    throw error
  }
}

function writer(database: EventDatabase, commits: CommitSignal, release: () => void): EventStore {
  const group = new GroupCommit(database.transactions)
  let open = true
  return {
    ...eventReader(database.rows, commits, async () => {
      if (!open) return
      open = false
      group.flush()
      database.close()
      release()
    }),
    refusesKnownIds: true,
    append: async (stream, expectedVersion, events) => {
      if (!open) throw new StoreUnavailable('the event store is closed')
      requireConsistent({ stream, expectedVersion, events })
      return group.append({ stream, expectedVersion, events })
    },
  }
}
