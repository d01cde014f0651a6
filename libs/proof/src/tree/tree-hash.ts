/**
 * # A log that can prove what it holds
 *
 * A transparency log is a list that only grows. Its owner hands out entries, and somebody who doesn't trust the owner wants to know
 * two things: is this entry really in the list that everybody else sees, and is today's list last month's list with more behind it?
 * Handing over the whole list would answer both. A Merkle tree answers them with a few hashes.
 *
 * Hash each entry: that is a *leaf*. Hash the leaves in pairs, the results in pairs, and so on, until one hash is left: the *root*.
 *
 *                  root
 *               /        \                   leaf i      = SHA-256(0x00 ‖ entry i)
 *            /              \                node        = SHA-256(0x01 ‖ left ‖ right)
 *          x                  y              empty tree  = SHA-256()
 *        /   \              /   \
 *      a       b          c       4          where the leaves are no power of two, the left subtree is the
 *     / \     / \        / \                 largest complete one that leaves something for the right
 *    0   1   2   3      (5 leaves: here c is leaf 4 itself, and the root is SHA-256(0x01 ‖ x ‖ leaf 4))
 *
 * Two lists with the same root are the same list, since nobody can find two inputs with one SHA-256. So the root, 32 bytes, *is* the
 * list, as far as proving goes, and a log's owner signs it together with the number of leaves: a *tree head* (`note/tree-head.ts`).
 *
 * *Inclusion.* To show that leaf 2 is under the root, give leaf 3, then a, then what stands right of x. Whoever knows entry 2 hashes his
 * way up and must arrive at the root. That is log2(n) hashes: 20 for a million entries.
 *
 * *Consistency.* To show that the tree of 5 leaves continues the tree of 3, give the nodes from which both roots can be computed:
 * leaf 2, leaf 3, a, leaf 4. The verifier computes the old root from some of them and the new root from all; since both come out right
 * of the same nodes, the first three leaves are the same in both trees.
 *
 * The bytes 0x00 and 0x01 in front keep leaves and nodes apart: otherwise a node's 64 bytes could pass for an entry.
 *
 * What all this can't show by itself is that everybody is given the same tree head. An owner who keeps two trees can prove anything of
 * either. That is what witnesses are for, who sign only heads that continue the one they signed before.
 *
 * Format: RFC 6962 §2.1, algorithms: RFC 9162 §2.1. Proving is in `prove-*.ts`, verifying in `verify-*.ts`, and neither uses the other.
 */

import { type Digests, nobleDigests } from '../digests.ts'

/** 0-based place of a leaf in its log. */
export type LeafIndex = number & { readonly __brand?: 'LeafIndex' }

/** Number of leaves of a tree. */
export type TreeSize = number & { readonly __brand?: 'TreeSize' }

export const HASH_LENGTH = 32

/** Of the node that is hashed now. */
const preimage = Uint8Array.of(1, ...new Uint8Array(2 * HASH_LENGTH))

/** RFC 6962 §2.1 node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array, digests: Digests = nobleDigests): Uint8Array {
  preimage.set(left, 1)
  preimage.set(right, 1 + HASH_LENGTH)
  return digests.sha256(preimage)
}

/** The root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(digests: Digests = nobleDigests): Uint8Array {
  return digests.sha256(new Uint8Array(0))
}

/**
 * The hashes of complete subtrees: at `level` 0 the leaves, at level l the i-th node over leaves i·2^l to (i+1)·2^l − 1. All roots
 * and proofs come out of these alone, and none of them ever changes: that is why they can be kept in files and caches.
 */
export type NodeReader = (level: number, index: number) => Uint8Array

/** The largest power of two below `n` (n ≥ 2): how many leaves go to the left. */
export function splitPoint(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
