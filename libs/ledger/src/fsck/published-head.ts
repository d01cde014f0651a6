import { type TreeHead, toBase64, type VerifierKey } from '@annal/proof'
import type { GrowingLog } from '../seal/growing-log.ts'
import { readSignedHead } from '../seal/heads/known-head.ts'
import { Mismatch } from './mismatch.ts'

/** The newest head of a log that left the house: the record must extend it whatever became of the heads beside the record. */
export class PublishedHead {
  readonly #log: string
  readonly #note: string | null
  readonly #keysOf: (origin: string) => readonly VerifierKey[]
  #head: TreeHead | null = null

  constructor(log: string, note: string | null, keysOf: (origin: string) => readonly VerifierKey[]) {
    this.#log = log
    this.#note = note
    this.#keysOf = keysOf
  }

  /** @throws Mismatch when the log has grown to its size and is another. */
  async compare(log: GrowingLog): Promise<void> {
    const head = await this.#read()
    if (head?.size !== log.size) return
    this.#differ('head', head.root, log.root())
    this.#differ('map', head.mapRoot, log.mapRoot())
  }

  /** @throws Mismatch when more was published than the record or the kept heads have. */
  async requireKept({ leaves, sealed }: { readonly leaves: number; readonly sealed: number }): Promise<void> {
    const head = await this.#read()
    if (head === null || head.size <= sealed) return
    const where = `${this.#log} head ${head.size}, as it was published`
    if (leaves < head.size)
      throw new Mismatch({
        what: 'log',
        where,
        expected: `${head.size} leaves, for which a head was published`,
        found: `${leaves} in the store: the newest are missing`,
      })
    throw new Mismatch({ what: 'head', where, expected: 'it in heads.jsonl too', found: `${sealed} as the size of the newest` })
  }

  async #read(): Promise<TreeHead | null> {
    if (this.#note === null || this.#head !== null) return this.#head
    const read = await readSignedHead(this.#note, this.#keysOf(this.#note.slice(0, this.#note.indexOf('\n'))))
    if (read.status === 'read') {
      this.#head = read.head
      return read.head
    }
    throw new Mismatch({
      what: 'head',
      where: `${this.#log}, the newest that was published`,
      expected: 'a tree head that a known key has signed',
      found: read.reason,
    })
  }

  #differ(what: 'head' | 'map', published: Uint8Array, made: Uint8Array): void {
    if (toBase64(published) === toBase64(made)) return
    const where = `${this.#log} head ${this.#head?.size}, as it was published`
    throw new Mismatch({ what, where, expected: toBase64(published), found: `${toBase64(made)} from the events` })
  }
}
