import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { CommitSignal } from './commit-signal.ts'
import { EventRows } from './event-rows.ts'
import { EventTransactions } from './event-transactions.ts'
import { EventWriter } from './event-writer.ts'
import { LateIndex } from './late-index.ts'
import { isBlank, migrate, requireNewestSchema } from './migrate.ts'

/** The event file, open for writing. Whoever opens it holds the writer's lock (`writer-lock.ts`) until it is closed. */
export interface EventDatabase {
  readonly transactions: EventTransactions
  readonly rows: EventRows
  close(): void
}

const PRAGMAS =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864'

/** Makes a missing file. @throws what SQLite throws, StoreVersionMismatch */
export function openEventDatabase(file: string, commits: CommitSignal): EventDatabase {
  // Only the owner may read the file; the WAL and its index take over its mode.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  const db = new DatabaseSync(file, { timeout: 1_000 })
  try {
    if (isBlank(db)) migrate(db)
    requireNewestSchema(db)
    db.exec(PRAGMAS)
    const index = new LateIndex(db)
    const transactions = new EventTransactions(db, new EventWriter(db, index), commits)
    return { transactions, rows: new EventRows(db, index), close: () => db.close() }
  } catch (error) {
    db.close()
    throw error
  }
}
