/**
 * # A map that can prove that nothing is missing
 *
 * The Merkle tree (`tree/tree-hash.ts`) proves that an entry is in the log. Who asks for *all* events of a model needs more: that there
 * is no further one. Entries carry a token for each thing they are about and number the entries of a token 1, 2, 3 … So all that has to be
 * proven is where the numbering ends: the *token map* says of each token how many leaves carry it (`count`) and which is the last one.
 * Given leaves 1 to `count` of a token, each proven to be in the tree, and the count proven by the map, nothing can be missing.
 *
 * The map is a binary trie: at the root, tokens that begin with bit 0 go left and those that begin with bit 1 go right, below it the
 * second bit decides, and so on (most significant bit first). A subtree that holds one token is that token's leaf, however high it stands:
 *
 *     no token      32 zero bytes
 *     one token     SHA-256(0x02 ‖ token ‖ count ‖ last)        count and last leaf index as big-endian 64-bit integers
 *     more          SHA-256(0x03 ‖ left ‖ right)
 *
 * Following a token's bits down from the root ends in exactly one place. If its own leaf stands there, that is its count. If nothing stands
 * there, or the leaf of another token, then no leaf of the log carries it. Siblings on the way down prove either: whoever hashes his way up
 * from that place must arrive at the map's root, which stands in the signed tree head.
 *
 * The map is a pure function of the log's entries: anybody who has them (they hold no content) can rebuild it and compare.
 */

import { type Digests, nobleDigests } from '../digests.ts'
import { HASH_LENGTH, type LeafIndex } from '../tree/tree-hash.ts'

/** What the map says of a token. */
export interface TokenTally {
  /** 32 bytes. */
  readonly token: Uint8Array
  /** How many leaves carry it, from 1. */
  readonly count: number
  /** The last leaf that does. */
  readonly last: LeafIndex
}

/** What the map says of one token, with what proves it. The place where the token's bits lead decides whether it is a count or an absence. */
export interface TallyProof {
  /** Hashes beside the way, from the root down. */
  readonly siblings: readonly Uint8Array[]
  /** What stands at the end of the way: the token's own tally, another token's, or nothing. */
  readonly end: TokenTally | null
}

export const EMPTY_SUBTREE: Uint8Array = new Uint8Array(HASH_LENGTH)

/** SHA-256(0x02 ‖ token ‖ u64be count ‖ u64be last). */
export function tallyHash({ token, count, last }: TokenTally, digests: Digests = nobleDigests): Uint8Array {
  const preimage = new Uint8Array(1 + HASH_LENGTH + 16)
  preimage[0] = 2
  preimage.set(token, 1)
  const view = new DataView(preimage.buffer)
  view.setBigUint64(1 + HASH_LENGTH, BigInt(count))
  view.setBigUint64(1 + HASH_LENGTH + 8, BigInt(last))
  return digests.sha256(preimage)
}

/** SHA-256(0x03 ‖ left ‖ right). */
export function branchHash(left: Uint8Array, right: Uint8Array, digests: Digests = nobleDigests): Uint8Array {
  const preimage = new Uint8Array(1 + 2 * HASH_LENGTH)
  preimage[0] = 3
  preimage.set(left, 1)
  preimage.set(right, 1 + HASH_LENGTH)
  return digests.sha256(preimage)
}

/** Bit `depth` of a token, the most significant bit of the first byte being 0. */
export function bitOf(token: Uint8Array, depth: number): 0 | 1 {
  return (((token[depth >>> 3] ?? 0) >>> (7 - (depth & 7))) & 1) === 1 ? 1 : 0
}

/** Number of bits of a token: no path is longer. */
export const TOKEN_BITS = 8 * HASH_LENGTH
