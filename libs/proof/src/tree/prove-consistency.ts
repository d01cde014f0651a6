import { type Digests, nobleDigests } from '../digests.ts'
import { type NodeReader, splitPoint, type TreeSize } from './tree-hash.ts'
import { rangeHash } from './tree-root.ts'

/**
 * PROOF(oldSize, D[0:newSize]) of RFC 6962 §2.1.2, lowest first. Empty when the sizes are equal.
 * @throws unless 1 ≤ oldSize ≤ newSize: every tree continues the empty one, so there is nothing to prove of it.
 */
export function proveConsistency(oldSize: TreeSize, newSize: TreeSize, nodes: NodeReader, digests: Digests = nobleDigests): Uint8Array[] {
  if (!(oldSize >= 1 && oldSize <= newSize)) throw new Error(`expected sizes with 1 ≤ old ≤ new, found ${oldSize} and ${newSize}`)
  const fromRoot: Uint8Array[] = []
  let start = 0
  let end: number = newSize
  while (end !== oldSize) {
    const split = start + splitPoint(end - start)
    if (oldSize <= split) {
      fromRoot.push(rangeHash(split, end, nodes, digests))
      end = split
    } else {
      fromRoot.push(rangeHash(start, split, nodes, digests))
      start = split
    }
  }
  // The subtree that ends the old tree: unless it is the whole old tree, whose root the verifier has.
  if (start > 0) fromRoot.push(rangeHash(start, end, nodes, digests))
  return fromRoot.reverse()
}
