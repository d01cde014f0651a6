import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type EventReader, StoreUnavailable } from '../event-store.ts'
import type { CommitSignal } from './commit-signal.ts'
import { EventRows } from './event-rows.ts'
import { follow } from './follow.ts'
import { requireNewestSchema } from './migrate.ts'
import { RecentPages } from './recent-pages.ts'
import { storeFailure } from './sqlite-failure.ts'
import { ReadersIndex } from './stream-index.ts'

/** Reads an existing file, beside a writer in any thread or process. */
export function openSqliteReader(file: string, commits: CommitSignal): EventReader {
  if (!existsSync(file)) throw new StoreUnavailable(`expected an event store at ${file}, found no file`)
  const db = new DatabaseSync(file, { readOnly: true, timeout: 1_000 })
  try {
    requireNewestSchema(db)
    // It is read in its order, page after page.
    db.exec('PRAGMA cache_size = -1000')
    return eventReader(new EventRows(db, new ReadersIndex(db)), commits, async () => db.close())
  } catch (error) {
    db.close()
    throw error
  }
}

export function eventReader(rows: EventRows, commits: CommitSignal, close: () => Promise<void>): EventReader {
  const pages = new RecentPages((slice) => rows.readAll(slice))
  return {
    readStream: (stream, slice) => reading(() => rows.readStream(stream, slice)),
    streamVersion: (stream) => reading(() => rows.streamVersion(stream)),
    findEvent: (stream, id) => reading(() => rows.findEvent(stream, id)),
    readAll: (slice) => reading(() => rows.readAll(slice)),
    head: () => reading(() => rows.head()),
    newest: () => reading(() => rows.newest()),
    countAfter: (after, bound) => reading(() => rows.countAfter(after, bound)),
    subscribe: (from) => pages.shared(follow((slice) => reading(() => pages.next(slice)), commits, from)),
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
