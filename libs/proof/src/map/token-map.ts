import { type Digests, nobleDigests } from '../digests.ts'
import type { LeafIndex } from '../tree/tree-hash.ts'
import { BranchColumn, NOTHING, type Subtree } from './branch-column.ts'
import { bitOf, EMPTY_SUBTREE, type TallyProof, TOKEN_BITS, type TokenTally } from './map-hash.ts'
import { snapshotOf } from './map-snapshot.ts'
import { type TallyTrie, talliesProof } from './tallies-proof.ts'
import { TallyColumn } from './tally-column.ts'

/**
 * The token map of a log that grows. Counting is cheap and hashes nothing; `root` hashes what has changed since it was last asked
 * for, once, however often it changed. About 110 bytes a token.
 */
export class TokenMap {
  private readonly digests: Digests
  private readonly tallies = new TallyColumn()
  private readonly branches = new BranchColumn()
  private top: Subtree = NOTHING

  constructor(digests: Digests = nobleDigests) {
    this.digests = digests
  }

  /** How many tokens it knows. */
  get size(): number {
    return this.tallies.length
  }

  /** Counts one more leaf with this token; returns the count, from 1. Leaves are counted in their order. */
  count(token: Uint8Array, leaf: LeafIndex): number {
    const found = this.find(token)
    if (found !== null) return this.recount(found, token, leaf)
    this.insert(token, 1, leaf)
    return 1
  }

  /** What it says of a token; null when no leaf carries it. */
  tally(token: Uint8Array): TokenTally | null {
    const found = this.find(token)
    return found === null ? null : this.tallies.at(found)
  }

  root(): Uint8Array {
    return this.hashOf(this.top).slice()
  }

  /** Proves what `tally` says of a token, a count or an absence. */
  prove(token: Uint8Array): TallyProof {
    const siblings: Uint8Array[] = []
    let subtree = this.top
    for (let depth = 0; subtree > 0; depth++) {
      const side = bitOf(token, depth)
      siblings.push(this.hashOf(this.branches.child(subtree, side === 0 ? 1 : 0)).slice())
      subtree = this.branches.child(subtree, side)
    }
    return { siblings, end: subtree === NOTHING ? null : this.tallies.at(tallyId(subtree)) }
  }

  /** Proves what `tally` says of many tokens at once (`tallies-proof.ts`). @throws for no token. */
  proveMany(tokens: readonly Uint8Array[]): Uint8Array {
    return talliesProof(tokens, this.trie())
  }

  /** All tallies, for `restoreTokenMap`, in pieces (`map-snapshot.ts`). */
  snapshot(): Generator<Uint8Array> {
    return snapshotOf(this.tallies)
  }

  /** For `restoreTokenMap`: a token that isn't there yet. */
  insert(token: Uint8Array, count: number, last: LeafIndex): void {
    const tally = -1 - this.tallies.push(token, count, last)
    let parent: Subtree = NOTHING
    let subtree = this.top
    let depth = 0
    for (; subtree > 0; depth++) {
      this.branches.touch(subtree)
      parent = subtree
      subtree = this.branches.child(subtree, bitOf(token, depth))
    }
    const grown = subtree === NOTHING ? tally : this.part(subtree, tally, token, depth)
    if (parent === NOTHING) this.top = grown
    else this.branches.setChild(parent, bitOf(token, depth - 1), grown)
  }

  private find(token: Uint8Array): number | null {
    let subtree = this.top
    for (let depth = 0; subtree > 0; depth++) subtree = this.branches.child(subtree, bitOf(token, depth))
    return subtree !== NOTHING && this.tallies.holds(tallyId(subtree), token) ? tallyId(subtree) : null
  }

  private recount(id: number, token: Uint8Array, leaf: LeafIndex): number {
    const last = this.tallies.last(id)
    if (!(leaf > last)) throw new Error(`expected a leaf behind ${last}, found ${leaf}`)
    const count = this.tallies.count(id) + 1
    this.tallies.set(id, count, leaf)
    let subtree = this.top
    for (let depth = 0; subtree > 0; depth++) {
      this.branches.touch(subtree)
      subtree = this.branches.child(subtree, bitOf(token, depth))
    }
    return count
  }

  /** The branches from `depth` down to where two tokens part. */
  private part(there: Subtree, grown: Subtree, token: Uint8Array, depth: number): Subtree {
    let parting = depth
    while (parting < TOKEN_BITS && this.tallies.bit(tallyId(there), parting) === bitOf(token, parting)) parting++
    let subtree = bitOf(token, parting) === 0 ? this.branches.push(grown, there) : this.branches.push(there, grown)
    for (let above = parting - 1; above >= depth; above--) {
      subtree = bitOf(token, above) === 0 ? this.branches.push(subtree, NOTHING) : this.branches.push(NOTHING, subtree)
    }
    return subtree
  }

  private hashOf(subtree: Subtree): Uint8Array {
    if (subtree === NOTHING) return EMPTY_SUBTREE
    if (subtree < 0) return this.tallies.hash(tallyId(subtree), this.digests)
    if (!this.branches.isFresh(subtree)) {
      const left = this.hashOf(this.branches.child(subtree, 0))
      this.branches.rehash(subtree, left, this.hashOf(this.branches.child(subtree, 1)), this.digests.sha256)
    }
    return this.branches.hash(subtree)
  }

  private trie(): TallyTrie {
    return {
      top: this.top,
      child: (branch, side) => this.branches.child(branch, side),
      tally: (subtree) => this.tallies.at(tallyId(subtree)),
      hash: (subtree) => this.hashOf(subtree),
    }
  }
}

function tallyId(subtree: Subtree): number {
  return -1 - subtree
}
