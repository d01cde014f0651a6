import type { EventStore, RecordedEvent } from '../event-store.ts'
import { StoreUnavailable } from '../event-store.ts'
import { CommitSignal } from './commit-signal.ts'
import { openEventDatabase } from './event-database.ts'
import type { SqliteStoreOptions } from './open-sqlite-store.ts'
import { storeFailure } from './sqlite-failure.ts'
import { openSqliteReader } from './sqlite-reader.ts'
import { holdWriterLock } from './writer-lock.ts'
import { WriterThreadCalls } from './writer-thread-calls.ts'

/**
 * `openSqliteStore` for writing, with a thread of its own for commits: whoever has other work to do goes on while events are written and
 * synced to the disk.
 * @throws StoreLocked, StoreVersionMismatch, StoreUnavailable, StoreCorrupt
 */
export function openThreadedSqliteStore({ file, commits = new CommitSignal() }: SqliteStoreOptions): EventStore {
  const lock = holdWriterLock(file)
  try {
    // What keeps the file from being opened is told here and now; the thread then finds a good one.
    openEventDatabase(file, commits).close()
    return threaded(file, commits, lock.release)
  } catch (error) {
    lock.release()
    throw storeFailure(error)
  }
}

function threaded(file: string, commits: CommitSignal, release: () => void): EventStore {
  const reader = openSqliteReader(file, commits)
  const thread = new WriterThreadCalls({ file, commits: commits.memory })
  let closed: Promise<void> | null = null
  const close = async () => {
    await thread.close()
    await reader.close()
    release()
  }
  const whileOpen = <T>(work: () => Promise<T>): Promise<T> =>
    closed === null ? work() : Promise.reject(new StoreUnavailable('the event store is closed'))
  return {
    ...reader,
    refusesKnownIds: true,
    readStream: (stream, slice) => whileOpen(() => thread.read<RecordedEvent[]>({ of: 'slice', stream, slice })),
    streamVersion: (stream) => whileOpen(() => thread.read<number>({ of: 'version', stream })),
    findEvent: (stream, id) => whileOpen(() => thread.read<RecordedEvent | null>({ of: 'event', stream, id })),
    append: (stream, expectedVersion, events) => whileOpen(() => thread.append({ stream, expectedVersion, events })),
    close: () => {
      closed ??= close()
      return closed
    },
  }
}
