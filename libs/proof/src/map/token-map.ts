import { equalBytes } from '../bytes/equal-bytes.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import type { LeafIndex } from '../tree/tree-hash.ts'
import { bitOf, branchHash, EMPTY_SUBTREE, type TallyProof, type TokenTally, tallyHash } from './map-hash.ts'

/** `hash` is null where something below has changed since it was last computed. */
interface Branch {
  readonly kind: 'branch'
  readonly children: [left: Subtree, right: Subtree]
  hash: Uint8Array | null
}

interface Leaf {
  readonly kind: 'leaf'
  readonly token: Uint8Array
  count: number
  last: LeafIndex
  hash: Uint8Array | null
}

type Subtree = Branch | Leaf | null

/**
 * The token map of a log that grows. Counting is cheap and hashes nothing; `root` hashes what has changed since it was last asked
 * for, once, however often it changed.
 */
export class TokenMap {
  private readonly digests: Digests
  private top: Subtree = null
  private tokens = 0

  constructor(digests: Digests = nobleDigests) {
    this.digests = digests
  }

  /** How many tokens it knows. */
  get size(): number {
    return this.tokens
  }

  /** Counts one more leaf with this token; returns the count, from 1. Leaves are counted in their order. */
  count(token: Uint8Array, leaf: LeafIndex): number {
    const { path, end } = this.walk(token)
    for (const branch of path) branch.hash = null
    if (end?.kind === 'leaf' && equalBytes(end.token, token)) return recount(end, leaf)
    this.tokens++
    const grown: Leaf = { kind: 'leaf', token: token.slice(), count: 1, last: leaf, hash: null }
    this.place(path, token, end === null ? grown : branchFor(end, grown, path.length))
    return 1
  }

  /** What it says of a token; null when no leaf carries it. */
  tally(token: Uint8Array): TokenTally | null {
    const { end } = this.walk(token)
    return end !== null && equalBytes(end.token, token) ? tallyOf(end) : null
  }

  root(): Uint8Array {
    return this.hashOf(this.top)
  }

  /** Proves what `tally` says of a token, a count or an absence. */
  prove(token: Uint8Array): TallyProof {
    const { path, end } = this.walk(token)
    const siblings = path.map(({ children: [left, right] }, depth) => this.hashOf(bitOf(token, depth) === 0 ? right : left))
    return { siblings, end: end === null ? null : tallyOf(end) }
  }

  private walk(token: Uint8Array): { readonly path: Branch[]; readonly end: Leaf | null } {
    const path: Branch[] = []
    let subtree = this.top
    while (subtree?.kind === 'branch') {
      const next: Subtree = subtree.children[bitOf(token, path.length)]
      path.push(subtree)
      subtree = next
    }
    return { path, end: subtree }
  }

  private place(path: readonly Branch[], token: Uint8Array, subtree: Subtree): void {
    const parent = path.at(-1)
    if (parent === undefined) this.top = subtree
    else parent.children[bitOf(token, path.length - 1)] = subtree
  }

  private hashOf(subtree: Subtree): Uint8Array {
    if (subtree === null) return EMPTY_SUBTREE
    subtree.hash ??= subtree.kind === 'leaf' ? tallyHash(subtree, this.digests) : this.branchHashOf(subtree)
    return subtree.hash
  }

  private branchHashOf({ children: [left, right] }: Branch): Uint8Array {
    return branchHash(this.hashOf(left), this.hashOf(right), this.digests)
  }
}

function tallyOf({ token, count, last }: Leaf): TokenTally {
  return { token: token.slice(), count, last }
}

function recount(leaf: Leaf, last: LeafIndex): number {
  if (!(last > leaf.last)) throw new Error(`expected a leaf behind ${leaf.last}, found ${last}`)
  leaf.count++
  leaf.last = last
  leaf.hash = null
  return leaf.count
}

/** The branches from `depth` down to where the two tokens part. */
function branchFor(a: Leaf, b: Leaf, depth: number): Branch {
  const bit = bitOf(a.token, depth)
  if (bit !== bitOf(b.token, depth)) return { kind: 'branch', children: bit === 0 ? [a, b] : [b, a], hash: null }
  const below = branchFor(a, b, depth + 1)
  return { kind: 'branch', children: bit === 0 ? [below, null] : [null, below], hash: null }
}
