import { type Digests, nobleDigests } from '../digests.ts'
import { type LeafIndex, type NodeReader, splitPoint, type TreeSize } from './tree-hash.ts'
import { rangeHash } from './tree-root.ts'

/**
 * PATH(index, D[0:size]) of RFC 6962 §2.1.1: the siblings on the way from the leaf up to the root, lowest first.
 * @throws when the tree has no such leaf.
 */
export function proveInclusion(index: LeafIndex, size: TreeSize, nodes: NodeReader, digests: Digests = nobleDigests): Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new Error(`expected a leaf below ${size}, found ${index}`)
  const fromRoot: Uint8Array[] = []
  let start = 0
  let end: number = size
  while (end - start > 1) {
    const split = start + splitPoint(end - start)
    if (index < split) {
      fromRoot.push(rangeHash(split, end, nodes, digests))
      end = split
    } else {
      fromRoot.push(rangeHash(start, split, nodes, digests))
      start = split
    }
  }
  return fromRoot.reverse()
}
