import { type Digests, nobleDigests } from '../digests.ts'
import { bitOf, branchHash, EMPTY_SUBTREE, TOKEN_BITS, type TokenTally, tallyHash } from './map-hash.ts'

/**
 * The map's root from all its tallies, in any order.
 * @throws when a token is tallied twice.
 */
export function mapRoot(tallies: readonly TokenTally[], digests: Digests = nobleDigests): Uint8Array {
  return subtreeRoot(tallies, 0, digests)
}

function subtreeRoot(tallies: readonly TokenTally[], depth: number, digests: Digests): Uint8Array {
  const [first, ...others] = tallies
  if (first === undefined) return EMPTY_SUBTREE
  if (others.length === 0) return tallyHash(first, digests)
  if (depth === TOKEN_BITS) throw new Error('expected each token once, found one twice')
  const left = tallies.filter(({ token }) => bitOf(token, depth) === 0)
  const right = tallies.filter(({ token }) => bitOf(token, depth) === 1)
  return branchHash(subtreeRoot(left, depth + 1, digests), subtreeRoot(right, depth + 1, digests), digests)
}
