import { equalBytes } from '../bytes/equal-bytes.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { isCount } from '../json/count.ts'
import { HASH_LENGTH } from '../tree/tree-hash.ts'
import { bitOf, branchHash, EMPTY_SUBTREE, type TallyProof, TOKEN_BITS, type TokenTally, tallyHash } from './map-hash.ts'

export type VerifiedTally =
  /** The map holds this tally of the token. */
  | { readonly status: 'counted'; readonly tally: TokenTally }
  /** No leaf carries the token. */
  | { readonly status: 'absent' }
  | { readonly status: 'refused'; readonly reason: string }

/** What the map with this root says of a token, if the proof is one. */
export function verifyTally(token: Uint8Array, proof: TallyProof, root: Uint8Array, digests: Digests = nobleDigests): VerifiedTally {
  const problem = shapeProblem(token, proof)
  if (problem !== null) return { status: 'refused', reason: problem }
  if (!equalBytes(rootFrom(token, proof, digests), root)) {
    return { status: 'refused', reason: 'expected the path of the token to end in the root, found another hash' }
  }
  return proof.end !== null && equalBytes(proof.end.token, token) ? { status: 'counted', tally: proof.end } : { status: 'absent' }
}

function shapeProblem(token: Uint8Array, { siblings, end }: TallyProof): string | null {
  if (token.length !== HASH_LENGTH) return `expected a token of ${HASH_LENGTH} bytes, found ${token.length}`
  if (siblings.length > TOKEN_BITS) return `expected at most ${TOKEN_BITS} hashes, found ${siblings.length}`
  if (siblings.some((hash) => hash.length !== HASH_LENGTH)) return `expected hashes of ${HASH_LENGTH} bytes, found another length`
  const last = siblings.at(-1)
  // A subtree with one token is that token's leaf: a branch over a leaf or nothing has something on its other side.
  if (last !== undefined && equalBytes(last, EMPTY_SUBTREE)) return 'expected a branch to hold two tokens, found an empty side'
  return end === null ? null : endProblem(token, end, siblings.length)
}

function endProblem(token: Uint8Array, end: TokenTally, depth: number): string | null {
  if (end.token.length !== HASH_LENGTH) return `expected a token of ${HASH_LENGTH} bytes, found ${end.token.length}`
  if (!isCount(end.count, 1) || !isCount(end.last, end.count - 1))
    return `expected a tally, found count ${end.count} up to leaf ${end.last}`
  for (let bit = 0; bit < depth; bit++) {
    if (bitOf(end.token, bit) !== bitOf(token, bit)) return 'expected a token on the same path, found one from elsewhere'
  }
  return null
}

function rootFrom(token: Uint8Array, { siblings, end }: TallyProof, digests: Digests): Uint8Array {
  return siblings.reduceRight(
    (hash, sibling, depth) => (bitOf(token, depth) === 0 ? branchHash(hash, sibling, digests) : branchHash(sibling, hash, digests)),
    end === null ? EMPTY_SUBTREE : tallyHash(end, digests),
  )
}
