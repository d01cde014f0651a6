import { type Digests, nobleDigests } from '../digests.ts'
import { HASH_LENGTH, type LeafIndex } from '../tree/tree-hash.ts'
import { bitOf, type TokenTally } from './map-hash.ts'

const PAGE_BITS = 10
const PAGE = 1 << PAGE_BITS
const IN_PAGE = PAGE - 1
const PREIMAGE = 1 + HASH_LENGTH + 16
const UPPER = 2 ** 32

/** Tallies side by side, 48 bytes each, in pages: nothing is copied when it grows, and nothing is an object. */
export class TallyColumn {
  length = 0
  private readonly tokens: Uint8Array[] = []
  /** Count and last leaf of each. */
  private readonly numbers: Float64Array[] = []
  private readonly preimage = new Uint8Array(PREIMAGE)
  private readonly view = new DataView(this.preimage.buffer)

  constructor() {
    this.preimage[0] = 2
  }

  push(token: Uint8Array, count: number, last: LeafIndex): number {
    const id = this.length
    if ((id & IN_PAGE) === 0) {
      this.tokens.push(new Uint8Array(PAGE * HASH_LENGTH))
      this.numbers.push(new Float64Array(PAGE * 2))
    }
    this.tokens[id >>> PAGE_BITS]?.set(token, (id & IN_PAGE) * HASH_LENGTH)
    this.length++
    this.set(id, count, last)
    return id
  }

  set(id: number, count: number, last: LeafIndex): void {
    const page = this.numbers[id >>> PAGE_BITS]
    const at = (id & IN_PAGE) * 2
    if (page === undefined) throw new Error(`expected a tally below ${this.length}, found ${id}`)
    page[at] = count
    page[at + 1] = last
  }

  count(id: number): number {
    return this.number(id, 0)
  }

  last(id: number): LeafIndex {
    return this.number(id, 1)
  }

  /** A view, good as long as the column. */
  token(id: number): Uint8Array {
    const page = this.tokens[id >>> PAGE_BITS]
    if (page === undefined) throw new Error(`expected a tally below ${this.length}, found ${id}`)
    const at = (id & IN_PAGE) * HASH_LENGTH
    return page.subarray(at, at + HASH_LENGTH)
  }

  holds(id: number, token: Uint8Array): boolean {
    const page = this.tokens[id >>> PAGE_BITS]
    const at = (id & IN_PAGE) * HASH_LENGTH
    if (page === undefined) return false
    for (let i = 0; i < HASH_LENGTH; i++) {
      if (page[at + i] !== token[i]) return false
    }
    return true
  }

  bit(id: number, depth: number): 0 | 1 {
    return bitOf(this.token(id), depth)
  }

  at(id: number): TokenTally {
    return { token: this.token(id).slice(), count: this.count(id), last: this.last(id) }
  }

  /** SHA-256(0x02 ‖ token ‖ u64be count ‖ u64be last). */
  hash(id: number, digests: Digests = nobleDigests): Uint8Array {
    this.preimage.set(this.token(id), 1)
    writeU64(this.view, 1 + HASH_LENGTH, this.count(id))
    writeU64(this.view, 1 + HASH_LENGTH + 8, this.last(id))
    return digests.sha256(this.preimage)
  }

  private number(id: number, which: 0 | 1): number {
    return this.numbers[id >>> PAGE_BITS]?.[(id & IN_PAGE) * 2 + which] ?? Number.NaN
  }
}

/** A count below 2^53 as a big-endian 64-bit integer, without a bigint on the way. */
export function writeU64(view: DataView, at: number, count: number): void {
  view.setUint32(at, Math.floor(count / UPPER))
  view.setUint32(at + 4, count % UPPER)
}

/** The count, or NaN beyond 2^53 − 1. */
export function readU64(view: DataView, at: number): number {
  const count = view.getUint32(at) * UPPER + view.getUint32(at + 4)
  return Number.isSafeInteger(count) ? count : Number.NaN
}
