import { type CompletedNode, TILE_WIDTH, type TreeSize } from '@annal/proof'
import type { Position } from '../../event-store.ts'
import { ByteColumn } from './byte-column.ts'

export interface NewLeaf {
  /** The entry's. */
  readonly bytes: Uint8Array
  /** As `TreeEdge.append` gives them. */
  readonly completed: readonly CompletedNode[]
  readonly recordedAt: string
  readonly position: Position
}

const TILE_HEIGHT = 8

/** Leaves behind `from` in the form of a log's files (`log-files.ts`): a few long pieces of memory, as thousands of short ones would be copied at each collection. */
export class Leaves {
  readonly from: TreeSize
  count = 0
  /** In the order of the leaves. */
  readonly recordedAt: string[] = []
  readonly positions: Position[] = []
  /** Entries, each behind its length. */
  readonly #entries = new ByteColumn()
  /** Behind how many of these bytes each bundle ends that becomes complete. */
  readonly bundleEnds: number[] = []
  /** By level of tiles: hashes behind those that the tree of `from` has. */
  readonly #hashes: ByteColumn[] = []

  constructor(from: TreeSize) {
    this.from = from
  }

  get size(): TreeSize {
    return this.from + this.count
  }

  /** Of the entries, lengths included. */
  get length(): number {
    return this.#entries.length
  }

  push({ bytes, completed, recordedAt, position }: NewLeaf): void {
    this.#entries.pushUint16(bytes.length)
    this.#entries.push(bytes)
    for (const { level, hash } of completed) if (level % TILE_HEIGHT === 0) this.#column(level / TILE_HEIGHT).push(hash)
    this.recordedAt.push(recordedAt)
    this.positions.push(position)
    this.count++
    if (this.size % TILE_WIDTH === 0) this.bundleEnds.push(this.#entries.length)
  }

  entries(): Uint8Array {
    return this.#entries.bytes()
  }

  /** By level of tiles, side by side. */
  hashes(): Uint8Array[] {
    return this.#hashes.map((hashes) => hashes.bytes())
  }

  #column(level: number): ByteColumn {
    const column = this.#hashes[level] ?? new ByteColumn()
    this.#hashes[level] = column
    return column
  }
}
