import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TreeHead, VerifierKey } from '@annal/proof'
import { readSignedHead } from '../seal/heads/known-head.ts'
import { Mismatch } from './mismatch.ts'

/** The heads of one log in the order of their sizes, each checked under the keys, read line by line. */
export class SignedHeads {
  readonly #log: string
  readonly #heads: AsyncGenerator<TreeHead>
  #next: TreeHead | null = null
  #begun = false
  checked = 0

  /** @param length bytes of the file that are read. */
  constructor(folder: string, log: string, length: number, keysOf: (origin: string) => readonly VerifierKey[]) {
    this.#log = log
    this.#heads = headsIn({ file: join(folder, log, 'heads.jsonl'), length }, log, keysOf)
  }

  /** The next head that has not been met, or null. @throws Mismatch for a head that is none, or that no key has signed. */
  async next(): Promise<TreeHead | null> {
    if (!this.#begun) await this.#advance()
    return this.#next
  }

  /** It is what the record gives. */
  async met(): Promise<void> {
    this.checked++
    await this.#advance()
  }

  async #advance(): Promise<void> {
    this.#begun = true
    const before = this.#next
    const { value, done } = await this.#heads.next()
    this.#next = done === true ? null : value
    if (before !== null && this.#next !== null && this.#next.size <= before.size)
      throw new Mismatch({
        what: 'head',
        where: `${this.#log} head ${this.#next.size}`,
        expected: `a head beyond ${before.size}`,
        found: this.#next.size === before.size ? 'two heads of one size: keep both, they prove a fork' : 'an older one',
      })
  }
}

async function* headsIn(
  { file, length }: { readonly file: string; readonly length: number },
  log: string,
  keysOf: (origin: string) => readonly VerifierKey[],
): AsyncGenerator<TreeHead> {
  if (length === 0) return
  for await (const line of createInterface({ input: createReadStream(file, { end: length - 1 }), crlfDelay: Number.POSITIVE_INFINITY })) {
    const { note, size } = headOf(line, log)
    const origin = note.slice(0, note.indexOf('\n'))
    const keys = keysOf(origin)
    const read = await readSignedHead(note, keys)
    if (read.status === 'refused')
      throw new Mismatch({
        what: 'head',
        where: `${log} head ${size}`,
        expected: 'a tree head that a known key has signed',
        found: keys.length === 0 ? `no known key is of ${origin}: each log has keys of its own` : read.reason,
      })
    if (read.head.size !== size)
      throw new Mismatch({ what: 'head', where: `${log} head ${size}`, expected: `size ${size}`, found: `size ${read.head.size}` })
    yield read.head
  }
}

function headOf(line: string, log: string): { readonly note: string; readonly size: number } {
  try {
    const { note, size }: { note?: unknown; size?: unknown } = JSON.parse(line)
    if (typeof note === 'string' && typeof size === 'number') return { note, size }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Mismatch({ what: 'head', where: `${log} heads.jsonl`, expected: 'a line with a signed head', found: line.slice(0, 80) })
}
