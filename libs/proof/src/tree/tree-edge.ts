import { type Digests, nobleDigests } from '../digests.ts'
import { emptyRoot, HASH_LENGTH, type LeafIndex, nodeHash, type TreeSize } from './tree-hash.ts'

/** A complete subtree that became complete: `level` and `index` as for `NodeReader`. */
export interface CompletedNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/**
 * All that a log must remember to grow: the complete subtrees that its leaves fall into, largest first, one for each 1 in the binary
 * form of the size. At most 53 hashes, whatever the size.
 */
export class TreeEdge {
  private readonly digests: Digests
  private readonly complete: Uint8Array[]
  private leaves: number

  /** @param start size and hashes of a `TreeEdge` to go on from. @throws when there aren't as many hashes as 1-bits. */
  constructor(start: { readonly size: TreeSize; readonly hashes: readonly Uint8Array[] } | null = null, digests: Digests = nobleDigests) {
    this.digests = digests
    this.leaves = start?.size ?? 0
    this.complete = [...(start?.hashes ?? [])]
    if (this.complete.length !== ones(this.leaves) || this.complete.some((hash) => hash.length !== HASH_LENGTH)) {
      throw new Error(`expected ${ones(this.leaves)} hashes of ${HASH_LENGTH} bytes for size ${this.leaves}, found others`)
    }
  }

  get size(): TreeSize {
    return this.leaves
  }

  get hashes(): readonly Uint8Array[] {
    return [...this.complete]
  }

  /** Adds a leaf's hash; returns the leaf and the nodes that it completes, lowest first. */
  append(leaf: Uint8Array): CompletedNode[] {
    let index: LeafIndex = this.leaves
    let hash = leaf
    const completed: CompletedNode[] = [{ level: 0, index, hash }]
    for (let level = 1; index % 2 === 1; level++) {
      const left = this.complete.pop()
      if (left === undefined) throw new Error(`expected a complete subtree left of node ${index}, found none`)
      hash = nodeHash(left, hash, this.digests)
      index = (index - 1) / 2
      completed.push({ level, index, hash })
    }
    this.complete.push(hash)
    this.leaves++
    return completed
  }

  root(): Uint8Array {
    const last = this.complete.at(-1)
    if (last === undefined) return emptyRoot(this.digests)
    return this.complete.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, this.digests), last)
  }
}

function ones(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
