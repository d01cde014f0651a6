import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type AppendOutcome, StoreFull, StoreUnavailable } from '../event-store.ts'
import type { CommitSignal } from './commit-signal.ts'
import type { Append, EventWriter } from './event-writer.ts'
import { storeFailure } from './sqlite-failure.ts'

interface Waiting {
  readonly append: Append
  readonly resolve: (outcome: AppendOutcome) => void
  readonly reject: (failure: unknown) => void
}

type Settlement =
  | { readonly status: 'stored'; readonly outcomes: readonly AppendOutcome[] }
  | { readonly status: 'failed'; readonly failure: unknown }

/**
 * Commits all appends of one turn of the event loop in one transaction, so that they share one fsync. Each still succeeds or fails
 * alone, and is answered only after the commit.
 */
export class GroupCommit {
  readonly #db: DatabaseSync
  readonly #writer: EventWriter
  readonly #commits: CommitSignal
  readonly #begin: StatementSync
  readonly #commit: StatementSync
  #waiting: Waiting[] = []
  /** Why nothing more may be appended. */
  #damage: unknown = null

  constructor(db: DatabaseSync, writer: EventWriter, commits: CommitSignal) {
    this.#db = db
    this.#writer = writer
    this.#commits = commits
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
  }

  append(append: Append): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject })
      if (this.#waiting.length === 1) atEndOfTurn(() => this.flush())
    })
  }

  flush(): void {
    const group = this.#waiting
    this.#waiting = []
    if (group.length === 0) return
    if (this.#damage !== null) for (const { reject } of group) reject(this.#damage)
    else this.#settle(group)
    if (this.#writer.isUntidy) setImmediate(() => this.#tidy())
  }

  /** Where room for all of a group is lacking, there may be room for some. */
  #settle(group: readonly Waiting[]): void {
    const settlement = this.#transact(group.map(({ append }) => append))
    if (settlement.status === 'stored') answer(group, settlement.outcomes)
    else if (group.length > 1 && settlement.failure instanceof StoreFull) for (const one of group) this.#settle([one])
    else for (const { reject } of group) reject(settlement.failure)
  }

  #transact(appends: readonly Append[]): Settlement {
    try {
      this.#begin.run()
      const outcomes = appends.map((append) => this.#writer.write(append))
      this.#commit.run()
      if (this.#writer.committed()) this.#commits.announce()
      return { status: 'stored', outcomes }
    } catch (error) {
      this.#rollBack()
      this.#writer.rolledBack(appends)
      return { status: 'failed', failure: storeFailure(error) }
    }
  }

  /** SQLite has done so already after most failures of the disk. */
  #rollBack(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
  }

  /** Who waits is answered first. A disk that fails here fails the next append too; a file that is damaged takes no more. */
  #tidy(): void {
    if (!this.#db.isOpen) return
    try {
      this.#writer.tidy()
    } catch (error) {
      this.#rollBack()
      const failure = storeFailure(error)
      if (!(failure instanceof StoreFull || failure instanceof StoreUnavailable)) this.#damage = failure
    }
  }
}

function answer(group: readonly Waiting[], outcomes: readonly AppendOutcome[]): void {
  for (const [i, { resolve, reject }] of group.entries()) {
    const outcome = outcomes[i]
    if (outcome === undefined) reject(new Error(`expected ${group.length} outcomes, found ${outcomes.length}`))
    else resolve(outcome)
  }
}

/** After all that this turn of the event loop still has to say: its promise continuations run first, and may append too. */
function atEndOfTurn(flush: () => void): void {
  queueMicrotask(() => process.nextTick(flush))
}
