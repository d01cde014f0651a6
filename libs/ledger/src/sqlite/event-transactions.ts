import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AppendOutcome, StoreFull, StoreUnavailable } from '../event-store.ts'
import type { CommitSignal } from './commit-signal.ts'
import type { Append, EventWriter } from './event-writer.ts'
import { storeFailure } from './sqlite-failure.ts'

/** What became of one append of a group. */
export type Settlement =
  | { readonly status: 'stored'; readonly outcome: AppendOutcome }
  | { readonly status: 'failed'; readonly failure: unknown }

/** Commits groups of appends, each group in one transaction so that it shares one fsync. Each append still succeeds or fails alone. */
export class EventTransactions {
  readonly #db: DatabaseSync
  readonly #writer: EventWriter
  readonly #commits: CommitSignal
  readonly #begin: StatementSync
  readonly #commit: StatementSync
  /** Why nothing more may be appended. */
  #damage: unknown = null

  constructor(db: DatabaseSync, writer: EventWriter, commits: CommitSignal) {
    this.#db = db
    this.#writer = writer
    this.#commits = commits
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
  }

  /** Durable on return. Where room for all of a group is lacking, there may be room for some. */
  commit(group: readonly Append[]): Settlement[] {
    if (this.#damage !== null) return group.map(() => ({ status: 'failed', failure: this.#damage }))
    try {
      return this.#transact(group)
    } catch (error) {
      this.#rollBack()
      this.#writer.rolledBack(group)
      const failure = storeFailure(error)
      if (group.length > 1 && failure instanceof StoreFull) return group.flatMap((one) => this.commit([one]))
      return group.map(() => ({ status: 'failed', failure }))
    }
  }

  /** True when it is worth a `tidy` between two groups. */
  get isUntidy(): boolean {
    return this.#writer.isUntidy
  }

  /** Who waits is answered first. A disk that fails here fails the next append too; a file that is damaged takes no more. */
  tidy(): void {
    if (!this.#db.isOpen) return
    try {
      this.#writer.tidy()
    } catch (error) {
      this.#rollBack()
      const failure = storeFailure(error)
      if (!(failure instanceof StoreFull || failure instanceof StoreUnavailable)) this.#damage = failure
    }
  }

  #transact(group: readonly Append[]): Settlement[] {
    this.#begin.run()
    const settlements = group.map((append): Settlement => ({ status: 'stored', outcome: this.#writer.write(append) }))
    this.#commit.run()
    if (this.#writer.committed()) this.#commits.announce()
    return settlements
  }

  /** SQLite has done so already after most failures of the disk. */
  #rollBack(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
  }
}
