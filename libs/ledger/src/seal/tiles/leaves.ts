import { type CompletedNode, HASH_LENGTH, TILE_WIDTH, type TreeSize } from '@annal/proof'
import type { Position } from '../../event-store.ts'

export interface NewLeaf {
  /** The entry's. */
  readonly bytes: Uint8Array
  /** As `TreeEdge.append` gives them. */
  readonly completed: readonly CompletedNode[]
  readonly recordedAt: string
  readonly position: Position
}

const LENGTH_BYTES = 2
const TILE_HEIGHT = 8

/** Leaves behind `from` in the form of a log's files (`log-files.ts`). */
export class Leaves {
  readonly from: TreeSize
  count = 0
  /** In the order of the leaves. */
  readonly recordedAt: string[] = []
  readonly positions: Position[] = []
  /** Entries, each behind its length. */
  readonly #entries: Uint8Array[] = []
  #length = 0
  /** Behind how many of these bytes each bundle ends that becomes complete. */
  readonly bundleEnds: number[] = []
  /** By level of tiles: hashes behind those that the tree of `from` has. */
  readonly #hashes: Uint8Array[][] = []

  constructor(from: TreeSize) {
    this.from = from
  }

  get size(): TreeSize {
    return this.from + this.count
  }

  /** Of the entries, lengths included. */
  get length(): number {
    return this.#length
  }

  push({ bytes, completed, recordedAt, position }: NewLeaf): void {
    this.#entries.push(Uint8Array.of(bytes.length >>> 8, bytes.length & 0xff), bytes)
    this.#length += LENGTH_BYTES + bytes.length
    for (const { level, hash } of completed) if (level % TILE_HEIGHT === 0) this.#column(level / TILE_HEIGHT).push(hash)
    this.recordedAt.push(recordedAt)
    this.positions.push(position)
    this.count++
    if (this.size % TILE_WIDTH === 0) this.bundleEnds.push(this.#length)
  }

  entries(): Uint8Array {
    return Buffer.concat(this.#entries, this.#length)
  }

  /** By level of tiles, side by side. */
  hashes(): Uint8Array[] {
    return this.#hashes.map((hashes) => Buffer.concat(hashes, hashes.length * HASH_LENGTH))
  }

  #column(level: number): Uint8Array[] {
    const column = this.#hashes[level] ?? []
    this.#hashes[level] = column
    return column
  }
}
