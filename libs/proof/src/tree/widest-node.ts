import type { LeafIndex, TreeSize } from './tree-hash.ts'

/**
 * The end of the widest node that begins at leaf `start` and doesn't reach beyond `end`, in the tree of `size` leaves. A node is what the
 * recursion of RFC 6962 §2.1 hashes: 2^l leaves from a multiple of 2^l on, or fewer where the tree ends in it. Leaves of which nothing is
 * said fall into such nodes from left to right, and each is one hash of a compact proof.
 */
export function widestNode(start: LeafIndex, end: number, size: TreeSize): number {
  let width = 1
  while (start + width < end && start % (2 * width) === 0 && Math.min(start + 2 * width, size) <= end) width *= 2
  return Math.min(start + width, size)
}
