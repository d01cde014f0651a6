import { equalBytes } from '../bytes/equal-bytes.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { refuse, VERIFIED, type Verdict } from '../verdict.ts'
import { above, half, type PlaceOnPath, siblingSide } from './place-on-path.ts'
import { HASH_LENGTH, nodeHash, type TreeSize } from './tree-hash.ts'

export interface ConsistencyClaim {
  readonly oldSize: TreeSize
  readonly newSize: TreeSize
  readonly oldRoot: Uint8Array
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether the first `oldSize` leaves of the new tree are the old tree (RFC 9162 §2.1.4.2). An old size of 0 is refused: who starts
 * from nothing has nothing to compare, and must say so instead of calling it verified.
 */
export function verifyConsistency(claim: ConsistencyClaim, digests: Digests = nobleDigests): Verdict {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim
  if (!(Number.isSafeInteger(newSize) && Number.isSafeInteger(oldSize) && oldSize >= 1 && oldSize <= newSize)) {
    return refuse(`expected sizes with 1 ≤ old ≤ new, found ${oldSize} and ${newSize}`)
  }
  if (oldSize === newSize) return verifySame(claim)
  if (proof.some((hash) => hash.length !== HASH_LENGTH)) return refuse(`expected hashes of ${HASH_LENGTH} bytes, found another length`)
  const roots = rootsOf(claim, digests)
  if (roots === null) return refuse(`expected as many hashes as lead from ${oldSize} to ${newSize}, found ${proof.length}`)
  if (!equalBytes(roots.old, oldRoot)) return refuse('expected the proof to yield the old root, found another hash')
  return equalBytes(roots.new, newRoot) ? VERIFIED : refuse('expected the proof to yield the new root, found another hash')
}

function verifySame({ oldRoot, newRoot, proof }: ConsistencyClaim): Verdict {
  if (proof.length > 0) return refuse(`expected no hashes between trees of one size, found ${proof.length}`)
  return equalBytes(oldRoot, newRoot) ? VERIFIED : refuse('expected one root for one size, found two')
}

/** The two roots that the proof leads to, or null when it is too short or too long. */
function rootsOf({ oldSize, newSize, oldRoot, proof }: ConsistencyClaim, digests: Digests): { old: Uint8Array; new: Uint8Array } | null {
  let place = edgeOf(oldSize, newSize)
  // Where the old tree is one complete subtree, its root begins the path and isn't repeated in the proof.
  const [seed, ...rest] = place.node === 0 ? [oldRoot, ...proof] : proof
  if (seed === undefined) return null
  let roots = { old: seed, new: seed }
  for (const hash of rest) {
    if (place.last === 0) return null
    roots =
      siblingSide(place) === 'left'
        ? { old: nodeHash(hash, roots.old, digests), new: nodeHash(hash, roots.new, digests) }
        : { old: roots.old, new: nodeHash(roots.new, hash, digests) }
    place = above(place)
  }
  return place.last === 0 ? roots : null
}

/** The complete subtree that ends the old tree, as a place in the new one. */
function edgeOf(oldSize: TreeSize, newSize: TreeSize): PlaceOnPath {
  let place = { node: oldSize - 1, last: newSize - 1 }
  while (place.node % 2 === 1) place = { node: half(place.node), last: half(place.last) }
  return place
}
