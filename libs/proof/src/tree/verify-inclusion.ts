import { equalBytes } from '../bytes/equal-bytes.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { refuse, VERIFIED, type Verdict } from '../verdict.ts'
import { above, type PlaceOnPath, siblingSide } from './place-on-path.ts'
import { HASH_LENGTH, type LeafIndex, nodeHash, type TreeSize } from './tree-hash.ts'

export interface InclusionClaim {
  readonly index: LeafIndex
  readonly size: TreeSize
  /** The leaf's hash, made by the verifier from the entry. */
  readonly leaf: Uint8Array
  /** The root of the tree head. */
  readonly root: Uint8Array
  /** Siblings, lowest first. */
  readonly proof: readonly Uint8Array[]
}

/** Whether `leaf` stands at `index` in the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ index, size, leaf, root, proof }: InclusionClaim, digests: Digests = nobleDigests): Verdict {
  if (!(Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size)) {
    return refuse(`expected a leaf of the tree, found leaf ${index} and size ${size}`)
  }
  if ([leaf, ...proof].some((hash) => hash.length !== HASH_LENGTH))
    return refuse(`expected hashes of ${HASH_LENGTH} bytes, found another length`)
  let place: PlaceOnPath = { node: index, last: size - 1 }
  let hash = leaf
  for (const sibling of proof) {
    if (place.last === 0) return refuse(`expected fewer than ${proof.length} hashes for leaf ${index} of ${size}, found more`)
    hash = siblingSide(place) === 'left' ? nodeHash(sibling, hash, digests) : nodeHash(hash, sibling, digests)
    place = above(place)
  }
  if (place.last !== 0) return refuse(`expected more than ${proof.length} hashes for leaf ${index} of ${size}, found no more`)
  return equalBytes(hash, root) ? VERIFIED : refuse(`expected the path of leaf ${index} to end in the root, found another hash`)
}
