import { join } from 'node:path'
import { openSqliteReadModel } from '../read-model/open-sqlite-read-model.ts'
import type { ReadModel } from '../read-model/read-model.ts'
import { type Past, pastName } from './past-name.ts'

const CACHE_KIB = 2_048

interface Opened {
  readonly readModel: ReadModel
  readonly running: Set<Promise<unknown>>
}

/** The files of pasts in a folder, open for reading from their first use until somebody closes them. */
export class OpenPasts {
  readonly #folder: string
  readonly #opened = new Map<string, Opened>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws ReadModelUnavailable when there is no such file (any more). */
  async within<T>(past: Past, work: (readModel: ReadModel) => Promise<T>): Promise<T> {
    const { readModel, running } = this.#open(pastName(past))
    const result = work(readModel)
    running.add(result)
    try {
      return await result
    } finally {
      running.delete(result)
    }
  }

  /** Once what reads them has ended; whoever reads one of them from now on opens it anew. */
  async close(names: readonly string[] | 'all'): Promise<void> {
    const closing = [...this.#opened].filter(([name]) => names === 'all' || names.includes(name))
    for (const [name] of closing) this.#opened.delete(name)
    await Promise.all(
      closing.map(async ([, { readModel, running }]) => {
        await Promise.allSettled(running)
        await readModel.close()
      }),
    )
  }

  #open(name: string): Opened {
    const known = this.#opened.get(name)
    if (known !== undefined) return known
    const opened = {
      readModel: openSqliteReadModel({ file: join(this.#folder, name), mode: 'read', cacheKib: CACHE_KIB }),
      running: new Set<Promise<unknown>>(),
    }
    this.#opened.set(name, opened)
    return opened
  }
}
