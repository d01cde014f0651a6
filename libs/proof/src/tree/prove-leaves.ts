import { type Digests, nobleDigests } from '../digests.ts'
import { HASH_LENGTH, type LeafIndex, type NodeReader, type TreeSize } from './tree-hash.ts'
import { rangeHash } from './tree-root.ts'
import { widestNode } from './widest-node.ts'

/**
 * # One proof for many leaves
 *
 * A thousand inclusion proofs repeat themselves: neighbours share most of their paths, and where both children of a node are proven it
 * needs no hash at all. So a proof for many leaves holds only the nodes that have none of the leaves below them and whose parent has: what a
 * verifier can't compute. From left to right they and the leaves make up the whole tree, each leaf of it exactly once, so neither places nor
 * levels need be written: who knows the size and which leaves are proven knows which node each hash is.
 *
 *     size: u64be ‖ number of leaves proven: u64be ‖ hashes of 32 bytes each, from left to right
 *
 * Between two proven leaves (and in front of the first, and behind the last) the gap is cut from the left into the widest nodes that fit.
 * The verifier keeps one stack of hashes, at most one for each level, and joins siblings as soon as both are there: one pass, n + k hashes.
 */
export const LEAVES_PROOF_HEADER = 16
const CHUNK = 2048 * HASH_LENGTH

/**
 * The bytes of the proof, in pieces.
 * @param leaves ascending, none twice.
 * @throws when a leaf isn't in the tree or not behind the one before it.
 */
export function* proveLeaves(
  leaves: ArrayLike<LeafIndex>,
  size: TreeSize,
  nodes: NodeReader,
  digests: Digests = nobleDigests,
): Generator<Uint8Array> {
  yield header(size, leaves.length)
  let chunk = new Uint8Array(CHUNK)
  let length = 0
  for (const [start, end] of nodesBetween(leaves, size)) {
    if (length === CHUNK) {
      yield chunk
      chunk = new Uint8Array(CHUNK)
      length = 0
    }
    chunk.set(rangeHash(start, end, nodes, digests), length)
    length += HASH_LENGTH
  }
  if (length > 0) yield chunk.subarray(0, length)
}

/** The nodes that the proof holds, as their first leaf and the one behind their last, from left to right. */
function* nodesBetween(leaves: ArrayLike<LeafIndex>, size: TreeSize): Generator<readonly [start: LeafIndex, end: LeafIndex]> {
  let next = 0
  for (let i = 0; i <= leaves.length; i++) {
    const gapEnd: number = leaves[i] ?? size
    if (!(gapEnd >= next && gapEnd < size + Number(i === leaves.length)))
      throw new Error(`expected a leaf from ${next} to ${size}, found ${gapEnd}`)
    while (next < gapEnd) {
      const end = widestNode(next, gapEnd, size)
      yield [next, end]
      next = end
    }
    next++
  }
}

function header(size: TreeSize, count: number): Uint8Array {
  const bytes = new Uint8Array(LEAVES_PROOF_HEADER)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(size))
  view.setBigUint64(8, BigInt(count))
  return bytes
}
