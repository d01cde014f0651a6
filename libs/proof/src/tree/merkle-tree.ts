import { type Digests, nobleDigests } from '../digests.ts'
import { HashColumn } from './hash-column.ts'
import { type LeafIndex, type NodeReader, nodeHash, type TreeSize } from './tree-hash.ts'
import { treeRoot } from './tree-root.ts'

/** A tree that grows leaf by leaf and keeps the hash of every complete subtree: 64 bytes a leaf. */
export class MerkleTree {
  private readonly digests: Digests
  private readonly levels: HashColumn[] = [new HashColumn()]

  constructor(digests: Digests = nobleDigests) {
    this.digests = digests
  }

  get size(): TreeSize {
    return this.column(0).length
  }

  /** Adds a leaf's hash behind the others. */
  append(leaf: Uint8Array): LeafIndex {
    const index = this.column(0).length
    this.column(0).push(leaf)
    let hash = leaf
    for (let level = 0; this.column(level).length % 2 === 0; level++) {
      hash = nodeHash(this.node(level, this.column(level).length - 2), hash, this.digests)
      this.column(level + 1).push(hash)
    }
    return index
  }

  /** The hash of a complete subtree. @throws when it isn't complete. */
  readonly node: NodeReader = (level, index) => this.column(level).at(index)

  /** The root of the first `size` leaves; of all when `size` isn't given. */
  root(size: TreeSize = this.size): Uint8Array {
    return treeRoot(size, this.node, this.digests)
  }

  private column(level: number): HashColumn {
    const column = this.levels[level] ?? new HashColumn()
    this.levels[level] = column
    return column
  }
}
