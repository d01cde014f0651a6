import { type Digests, nobleDigests } from '../digests.ts'
import { emptyRoot, type NodeReader, nodeHash, splitPoint, type TreeSize } from './tree-hash.ts'

/** MTH(D[0:size]): the root of the first `size` leaves. */
export function treeRoot(size: TreeSize, nodes: NodeReader, digests: Digests = nobleDigests): Uint8Array {
  return size === 0 ? emptyRoot(digests) : rangeHash(0, size, nodes, digests)
}

/**
 * MTH(D[start:end]) of a subtree of RFC 6962's recursion: `start` is a multiple of the least power of two that is not below its width,
 * so it falls into complete subtrees from left to right.
 */
export function rangeHash(start: number, end: number, nodes: NodeReader, digests: Digests): Uint8Array {
  const width = end - start
  const level = Math.round(Math.log2(width))
  if (2 ** level === width) return nodes(level, start / width)
  const split = start + splitPoint(width)
  return nodeHash(rangeHash(start, split, nodes, digests), rangeHash(split, end, nodes, digests), digests)
}
