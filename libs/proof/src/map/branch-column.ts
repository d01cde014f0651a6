import { HASH_LENGTH } from '../tree/tree-hash.ts'

const PAGE_BITS = 10
const PAGE = 1 << PAGE_BITS
const IN_PAGE = PAGE - 1

/** What stands below a branch: nothing (0), another branch (its id, from 1), or a tally (−1 − its id). */
export type Subtree = number
export const NOTHING: Subtree = 0

/** The branches of a trie side by side in pages: two children of 32 bits, a hash, and whether the hash still holds. */
export class BranchColumn {
  private readonly children: Int32Array[] = []
  private readonly hashes: Uint8Array[] = []
  private readonly fresh: Uint8Array[] = []
  private readonly preimage = new Uint8Array(1 + 2 * HASH_LENGTH)
  private length = 0

  constructor() {
    this.preimage[0] = 3
  }

  push(left: Subtree, right: Subtree): Subtree {
    if ((this.length & IN_PAGE) === 0) {
      this.children.push(new Int32Array(PAGE * 2))
      this.hashes.push(new Uint8Array(PAGE * HASH_LENGTH))
      this.fresh.push(new Uint8Array(PAGE))
    }
    this.length++
    this.setChild(this.length, 0, left)
    this.setChild(this.length, 1, right)
    return this.length
  }

  child(branch: Subtree, side: 0 | 1): Subtree {
    const at = branch - 1
    return this.children[at >>> PAGE_BITS]?.[(at & IN_PAGE) * 2 + side] ?? NOTHING
  }

  setChild(branch: Subtree, side: 0 | 1, child: Subtree): void {
    const at = branch - 1
    const page = this.children[at >>> PAGE_BITS]
    if (page === undefined) throw new Error(`expected a branch up to ${this.length}, found ${branch}`)
    page[(at & IN_PAGE) * 2 + side] = child
  }

  isFresh(branch: Subtree): boolean {
    const at = branch - 1
    return this.fresh[at >>> PAGE_BITS]?.[at & IN_PAGE] === 1
  }

  /** The hash no longer holds. */
  touch(branch: Subtree): void {
    const at = branch - 1
    const page = this.fresh[at >>> PAGE_BITS]
    if (page !== undefined) page[at & IN_PAGE] = 0
  }

  /** A view of the hash: good until it is computed anew. */
  hash(branch: Subtree): Uint8Array {
    const at = branch - 1
    const page = this.hashes[at >>> PAGE_BITS]
    if (page === undefined) throw new Error(`expected a branch up to ${this.length}, found ${branch}`)
    return page.subarray((at & IN_PAGE) * HASH_LENGTH, ((at & IN_PAGE) + 1) * HASH_LENGTH)
  }

  /** Keeps SHA-256(0x03 ‖ left ‖ right). */
  rehash(branch: Subtree, left: Uint8Array, right: Uint8Array, sha256: (bytes: Uint8Array) => Uint8Array): void {
    this.preimage.set(left, 1)
    this.preimage.set(right, 1 + HASH_LENGTH)
    this.hash(branch).set(sha256(this.preimage))
    const at = branch - 1
    const page = this.fresh[at >>> PAGE_BITS]
    if (page !== undefined) page[at & IN_PAGE] = 1
  }
}
