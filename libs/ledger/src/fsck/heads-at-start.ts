import { join } from 'node:path'
import { StoreCorrupt } from '../event-store.ts'
import { LogHeads, logsWithHeads } from '../seal/heads/head-store.ts'
import type { PublishFolder } from '../seal/heads/publish-folder.ts'
import { Mismatch } from './mismatch.ts'

/** What was signed of a log when a check began. */
export interface HeadsOfLog {
  /** The newest note outside the data folder. */
  readonly published: string | null
  /** The size of the newest kept head, or a sentence for a file that holds none. */
  readonly newest: number | Mismatch
  /** Bytes of `heads.jsonl`: what a running server writes behind them belongs to a later check. */
  readonly length: number
}

const NONE: HeadsOfLog = { published: null, newest: 0, length: 0 }

/**
 * All heads that a check answers for, taken before the first key and the first event are read: everything that they cover stands in the store
 * by then, and what a server signs meanwhile is left to the next check.
 */
export class HeadsAtStart {
  readonly #logs: ReadonlyMap<string, HeadsOfLog>

  constructor(folder: string, published: PublishFolder | undefined) {
    // A head is kept before it is published: in this order none is published that is not kept.
    const outside = new Map((published?.logs() ?? []).map((name) => [name, published?.newest(name) ?? null]))
    const names = new Set([...outside.keys(), ...logsWithHeads(folder)])
    this.#logs = new Map([...names].map((name) => [name, { published: outside.get(name) ?? null, ...keptEnd(folder, name) }]))
  }

  names(): Iterable<string> {
    return this.#logs.keys()
  }

  of(log: string): HeadsOfLog {
    return this.#logs.get(log) ?? NONE
  }
}

function keptEnd(folder: string, log: string): Pick<HeadsOfLog, 'newest' | 'length'> {
  try {
    const { length, newest } = new LogHeads(join(folder, log)).end()
    return { newest: newest?.size ?? 0, length }
  } catch (error) {
    if (!(error instanceof StoreCorrupt)) throw error
    const where = `${log} heads.jsonl`
    return { newest: new Mismatch({ what: 'head', where, expected: 'lines with signed heads', found: error.message }), length: 0 }
  }
}
