import { equalBytes } from '../bytes/equal-bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { isCount } from '../json/count.ts'
import { HASH_LENGTH } from '../tree/tree-hash.ts'
import { bitOf, branchHash, EMPTY_SUBTREE, TOKEN_BITS, type TokenTally, tallyHash } from './map-hash.ts'
import { ABSENT, BRANCH, COUNTED, compareBytes, TALLIES_PROOF_HEADER, TALLY_LENGTH } from './tallies-proof.ts'
import { readU64 } from './tally-column.ts'

export type VerifiedTallies =
  /** By token in hex: what the map holds of it, or null when no leaf carries it. */
  | { readonly status: 'verified'; readonly tallies: ReadonlyMap<string, TokenTally | null> }
  /** `at`: offset in the proof. */
  | { readonly status: 'refused'; readonly reason: string; readonly at: number }

/**
 * What the map with this root says of these tokens, if the proof is one of exactly them. Bytes that no prover would write are refused.
 * @param tokens in any order.
 */
export function verifyTallies(
  tokens: readonly Uint8Array[],
  proof: Uint8Array,
  root: Uint8Array,
  digests: Digests = nobleDigests,
): VerifiedTallies {
  const reader = new TalliesReader(proof, digests)
  const problem = reader.read(tokens, root)
  return problem === null ? { status: 'verified', tallies: reader.tallies } : { status: 'refused', reason: problem, at: reader.at }
}

/** A subtree as far as it is known: its hash and whether it holds none, one or more tokens (null: not told). */
interface Known {
  readonly hash: Uint8Array
  readonly holds: 'none' | 'one' | 'more' | null
}

const OTHER_TOKENS = 'expected a proof of the tokens in question, found one of others'

class ProofProblem extends Error {
  override readonly name = 'ProofProblem'
}

class TalliesReader {
  readonly tallies = new Map<string, TokenTally | null>()
  at = 0
  private readonly proof: Uint8Array
  private readonly view: DataView
  private readonly digests: Digests

  constructor(proof: Uint8Array, digests: Digests) {
    this.proof = proof
    this.view = new DataView(proof.buffer, proof.byteOffset, proof.length)
    this.digests = digests
  }

  read(asked: readonly Uint8Array[], root: Uint8Array): string | null {
    try {
      const tokens = this.tokens()
      const { hash } = this.node(tokens, 0)
      if (new Set(asked.map(toHex)).size !== tokens.length || !asked.every((token) => this.tallies.has(toHex(token)))) return OTHER_TOKENS
      if (this.at !== this.proof.length) return `expected the end of the proof, found ${this.proof.length - this.at} bytes more`
      return equalBytes(hash, root) ? null : 'expected the paths of the tokens to end in the map root, found another hash'
    } catch (error) {
      if (error instanceof ProofProblem) return error.message
      throw error
    }
  }

  private tokens(): Uint8Array[] {
    const count = this.number()
    if (!(count >= 1 && count <= (this.proof.length - TALLIES_PROOF_HEADER) / HASH_LENGTH)) {
      throw new ProofProblem(`expected a number of tokens that fits into the proof, found ${count}`)
    }
    const tokens: Uint8Array[] = []
    for (let i = 0; i < count; i++) {
      const token = this.take(HASH_LENGTH)
      const before = tokens.at(-1)
      if (before !== undefined && compareBytes(before, token) >= 0) throw new ProofProblem('expected ascending tokens, found another order')
      tokens.push(token)
    }
    return tokens
  }

  private node(tokens: readonly Uint8Array[], depth: number): Known {
    const kind = this.take(1)[0]
    switch (kind) {
      case ABSENT:
        for (const token of tokens) this.tallies.set(toHex(token), null)
        return { hash: EMPTY_SUBTREE, holds: 'none' }
      case COUNTED:
        return this.counted(tokens, depth)
      case BRANCH:
        return this.branch(tokens, depth)
      default:
        throw new ProofProblem(`expected a node, found byte ${kind}`)
    }
  }

  private counted(tokens: readonly Uint8Array[], depth: number): Known {
    if (this.at + TALLY_LENGTH > this.proof.length) throw new ProofProblem('expected a tally, found the end of the proof')
    const tally: TokenTally = { token: this.take(HASH_LENGTH), count: this.number(), last: this.number() }
    if (!isCount(tally.count, 1) || !isCount(tally.last, tally.count - 1)) {
      throw new ProofProblem(`expected a tally, found count ${tally.count} up to leaf ${tally.last}`)
    }
    const [onPath] = tokens
    for (let bit = 0; bit < depth; bit++) {
      if (onPath !== undefined && bitOf(tally.token, bit) !== bitOf(onPath, bit)) {
        throw new ProofProblem('expected a token on the same path, found one from elsewhere')
      }
    }
    for (const token of tokens) this.tallies.set(toHex(token), equalBytes(token, tally.token) ? tally : null)
    return { hash: tallyHash(tally, this.digests), holds: 'one' }
  }

  private branch(tokens: readonly Uint8Array[], depth: number): Known {
    if (depth === TOKEN_BITS) throw new ProofProblem(`expected at most ${TOKEN_BITS} branches on a path, found more`)
    const left = this.side(tokens, depth, 0)
    const right = this.side(tokens, depth, 1)
    if (isTooFew(left, right) || isTooFew(right, left)) throw new ProofProblem('expected a branch to hold two tokens, found fewer')
    return { hash: branchHash(left.hash, right.hash, this.digests), holds: 'more' }
  }

  private side(tokens: readonly Uint8Array[], depth: number, side: 0 | 1): Known {
    const below = tokens.filter((token) => bitOf(token, depth) === side)
    if (below.length > 0) return this.node(below, depth + 1)
    const hash = this.take(HASH_LENGTH)
    return { hash, holds: equalBytes(hash, EMPTY_SUBTREE) ? 'none' : null }
  }

  private number(): number {
    const at = this.at
    this.take(8)
    return readU64(this.view, at)
  }

  private take(length: number): Uint8Array {
    if (this.at + length > this.proof.length) throw new ProofProblem('expected more bytes, found the end of the proof')
    this.at += length
    return this.proof.slice(this.at - length, this.at)
  }
}

function isTooFew(empty: Known, other: Known): boolean {
  return empty.holds === 'none' && (other.holds === 'none' || other.holds === 'one')
}
