import type { AppendOutcome } from '../event-store.ts'
import type { EventTransactions, Settlement } from './event-transactions.ts'
import type { Append } from './event-writer.ts'

/** An append whose caller waits for what becomes of it. */
export interface WaitingAppend {
  readonly append: Append
  readonly resolve: (outcome: AppendOutcome) => void
  readonly reject: (failure: unknown) => void
}

/** Commits all appends of one turn of the event loop as one group; each is answered only after the commit. */
export class GroupCommit {
  readonly #transactions: EventTransactions
  #waiting: WaitingAppend[] = []

  constructor(transactions: EventTransactions) {
    this.#transactions = transactions
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
    answer(group, this.#transactions.commit(group.map(({ append }) => append)))
    if (this.#transactions.isUntidy) setImmediate(() => this.#transactions.tidy())
  }
}

export function answer(group: readonly WaitingAppend[], settlements: readonly Settlement[]): void {
  for (const [i, { resolve, reject }] of group.entries()) {
    const settlement = settlements[i]
    switch (settlement?.status) {
      case 'stored':
        resolve(settlement.outcome)
        break
      case 'failed':
        reject(settlement.failure)
        break
      case undefined:
        reject(new Error(`expected ${group.length} settlements, found ${settlements.length}`))
    }
  }
}

/** After all that this turn of the event loop still has to say: its promise continuations run first, and may append too. */
export function atEndOfTurn(flush: () => void): void {
  queueMicrotask(() => process.nextTick(flush))
}
