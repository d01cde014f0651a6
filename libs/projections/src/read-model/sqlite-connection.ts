import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { type Cell, ReadModelUnavailable } from './read-model.ts'

export interface SqliteFile {
  readonly file: string
  /**
   * `make`: a new file that one connection writes and nobody reads before it is closed. It is then one file, without a log beside it; what
   * a crash leaves of it is to be thrown away.
   */
  readonly mode: 'write' | 'read' | 'make'
  /** Pages kept in memory, in KiB. */
  readonly cacheKib: number
}

const STATEMENTS_KEPT = 256
/** SQLITE_BUSY, LOCKED, IOERR, FULL, CANTOPEN, PROTOCOL: what can pass. */
const PASSING = new Set([5, 6, 10, 13, 14, 15])

/**
 * One connection of node:sqlite as Kysely's SQLite dialect wants to see it, with statements prepared once. BLOBs come as Uint8Array.
 * The write-ahead log lets readers in other threads and processes go on while one writes; synchronous=NORMAL keeps the file sound
 * after a power cut, at the price of the last moments, which the cursor in the same file brings back.
 */
export class SqliteConnection implements SqliteDatabase {
  readonly #db: DatabaseSync
  readonly #begin: string
  readonly #statements = new Map<string, SqliteStatement & { readonly raw: StatementSync }>()

  constructor({ file, mode, cacheKib }: SqliteFile) {
    this.#begin = mode === 'read' ? 'begin' : 'begin immediate'
    this.#db = translated(() => new DatabaseSync(file, { readOnly: mode === 'read', timeout: 1000 }))
    this.execute(`PRAGMA cache_size = -${cacheKib}; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY`)
    if (mode === 'write')
      this.execute('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON')
    if (mode === 'make') this.execute('PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF')
  }

  execute(sql: string): void {
    translated(() => this.#db.exec(sql))
  }

  /** Deleted pages stay as they are until others need them, which spares writing each of them. */
  executeWithoutOverwriting(sql: string): void {
    this.execute('PRAGMA secure_delete = OFF')
    try {
      this.execute(sql)
    } finally {
      this.execute('PRAGMA secure_delete = ON')
    }
  }

  prepare(sql: string): SqliteStatement {
    if (sql === 'rollback' && !this.#db.isTransaction) return rolledBack
    return this.#statement(sql === 'begin' ? this.#begin : sql)
  }

  run(sql: string, rows: Iterable<readonly Cell[]>): void {
    const { raw } = this.#statement(sql)
    translated(() => {
      for (const row of rows) raw.run(...row)
    })
  }

  /** What is selected, without an object for each row. */
  rows(sql: string, parameters: readonly Cell[]): SQLOutputValue[][] {
    const { raw } = this.#statement(sql)
    raw.setReturnArrays(true)
    const rows: unknown[] = translated(() => raw.all(...parameters))
    return rows.filter((row): row is SQLOutputValue[] => Array.isArray(row))
  }

  /** Row by row: for what is too much to be held. */
  *each(sql: string): Generator<Readonly<Record<string, SQLOutputValue>>> {
    const statement = translated(() => this.#db.prepare(sql))
    yield* statement.iterate()
  }

  /** Deleted pages are overwritten in the file (secure_delete); the log still has them as they were. */
  truncateLog(): void {
    const [answer] = this.rows('PRAGMA wal_checkpoint(TRUNCATE)', [])
    if (answer?.[0] !== 0) throw new ReadModelUnavailable('expected to truncate the log, found somebody reading it')
  }

  close(): void {
    this.#statements.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  #statement(sql: string): SqliteStatement & { readonly raw: StatementSync } {
    const known = this.#statements.get(sql)
    if (known) this.#statements.delete(sql)
    const statement = known ?? prepared(translated(() => this.#db.prepare(sql)))
    this.#statements.set(sql, statement)
    const [oldest] = this.#statements.keys()
    if (this.#statements.size > STATEMENTS_KEPT && oldest !== undefined) this.#statements.delete(oldest)
    return statement
  }
}

/** Where the disk was full SQLite has rolled back by itself. An error of a second time would stand in the place of the one that passes. */
const rolledBack: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
}

function prepared(raw: StatementSync): SqliteStatement & { readonly raw: StatementSync } {
  return {
    raw,
    reader: raw.columns().length > 0,
    all: (parameters) => translated(() => raw.all(...(parameters as readonly SQLInputValue[]))),
    run: (parameters) => translated(() => raw.run(...(parameters as readonly SQLInputValue[]))),
    iterate: (parameters) => translated(() => raw.iterate(...(parameters as readonly SQLInputValue[]))),
  }
}

function translated<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && PASSING.has(error.errcode & 0xff)) {
      throw new ReadModelUnavailable(error.message, { cause: error })
    }
    throw error
  }
}
