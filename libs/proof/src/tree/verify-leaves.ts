import { equalBytes } from '../bytes/equal-bytes.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { refuse, VERIFIED, type Verdict } from '../verdict.ts'
import { emptyRoot, HASH_LENGTH, type LeafIndex, nodeHash, type TreeSize } from './tree-hash.ts'
import { widestNode } from './widest-node.ts'

/** The next hash of a proof, good until the next call, or null at its end. */
export type NextHash = () => Uint8Array | null

/** No tree of fewer than 2^53 leaves is higher, and the stack holds at most one node of each height and one more. */
const STACK = 56
/** More than a gap between two leaves ever takes: up one side and down the other. */
export const MOST_HASHES_A_GAP = 2 * STACK

/**
 * Takes proven leaves from left to right and the hashes between them, and arrives at the root (`prove-leaves.ts`). Memory is one path.
 */
export class LeavesVerifier {
  private readonly size: TreeSize
  private readonly digests: Digests
  private readonly starts = new Float64Array(STACK)
  private readonly widths = new Float64Array(STACK)
  private readonly hashes = new Uint8Array(STACK * HASH_LENGTH)
  private readonly preimage = new Uint8Array(1 + 2 * HASH_LENGTH)
  private depth = 0
  /** The first leaf that is under no node yet. */
  private next = 0
  /** Roots of beginnings of the tree that were asked for and came by. They hold if the whole proof does. */
  readonly roots = new Map<number, Uint8Array>()
  private readonly asked: ReadonlySet<number>

  /** @param asked sizes of older trees: where no node of the proof reaches across one, its root is found on the way. */
  constructor(size: TreeSize, digests: Digests = nobleDigests, asked: ReadonlySet<number> = new Set()) {
    this.size = size
    this.digests = digests
    this.asked = asked
    this.preimage[0] = 1
  }

  /** Null, or what is wrong. */
  add(index: LeafIndex, leaf: Uint8Array, nextHash: NextHash): string | null {
    if (!(index >= this.next && index < this.size)) return `expected a leaf from ${this.next} to ${this.size}, found ${index}`
    if (!this.fill(index, nextHash)) return `expected a hash for what stands before leaf ${index}, found the end of the proof`
    this.push(leaf, index + 1)
    return null
  }

  /** Whether all that was added stands in the tree with this root, and the proof held nothing else. */
  end(root: Uint8Array, nextHash: NextHash): Verdict {
    if (!this.fill(this.size, nextHash)) return refuse('expected a hash for what stands behind the last leaf, found the end of the proof')
    if (nextHash() !== null) return refuse('expected the end of the proof, found another hash')
    const found = this.size === 0 ? emptyRoot(this.digests) : this.hashes.subarray(0, HASH_LENGTH)
    return equalBytes(found, root) ? VERIFIED : refuse('expected the leaves and the proof to end in the root, found another hash')
  }

  private fill(end: number, nextHash: NextHash): boolean {
    while (this.next < end) {
      const hash = nextHash()
      if (hash === null) return false
      this.push(hash, widestNode(this.next, end, this.size))
    }
    return true
  }

  private push(hash: Uint8Array, end: number): void {
    this.hashes.set(hash, this.depth * HASH_LENGTH)
    this.starts[this.depth] = this.next
    this.widths[this.depth] = end - this.next
    this.depth++
    this.next = end
    while (this.depth > 1 && this.topAreSiblings()) this.join()
    if (this.asked.has(end)) this.roots.set(end, this.rootSoFar())
  }

  /** What stands on the stack are the complete subtrees of the leaves so far, largest first. */
  private rootSoFar(): Uint8Array {
    let root = this.hashAt(this.depth - 1)
    for (let i = this.depth - 2; i >= 0; i--) root = nodeHash(this.hashAt(i), root, this.digests)
    return root
  }

  private hashAt(i: number): Uint8Array {
    return this.hashes.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH)
  }

  /** The left one is complete, begins where a node of twice its width can, and the right one ends where that node does. */
  private topAreSiblings(): boolean {
    const start = this.starts[this.depth - 2] ?? 0
    const width = this.widths[this.depth - 2] ?? 0
    return start % (2 * width) === 0 && this.next === Math.min(start + 2 * width, this.size)
  }

  private join(): void {
    const at = (this.depth - 2) * HASH_LENGTH
    this.preimage.set(this.hashes.subarray(at, at + 2 * HASH_LENGTH), 1)
    this.hashes.set(this.digests.sha256(this.preimage), at)
    this.depth--
    this.widths[this.depth - 1] = this.next - (this.starts[this.depth - 1] ?? 0)
  }
}
