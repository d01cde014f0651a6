import { randomBytes } from 'node:crypto'
import type { SQLOutputValue } from 'node:sqlite'
import { type ExtractedKey, extractBlockKey } from '@annal/proof'
import { RecentlyUsed } from '../recently-used.ts'
import type { KeyCells } from './key-cells.ts'
import { BLOCK_SIZE, type BlockRef } from './key-store.ts'
import { nodeDigests } from './node-digests.ts'
import type { PrivateConnection, PrivateStatement } from './private-database.ts'
import type { KeyName } from './wrapping.ts'

/** A block's key, extracted (HKDF) because that is all it is used for. */
interface BlockKey {
  /** Event keys of this and later stream versions come from it; those of earlier ones were kept on their own, or are gone. */
  readonly since: number
  /** Null: destroyed, and no later event of the block needed a new one yet. */
  readonly extracted: ExtractedKey | null
}

interface BlockRow {
  readonly generation: number
  readonly since: number
  readonly cell: number | null
  readonly wrapped: SQLOutputValue | undefined
}

/** More than the streams of one batch, and than the blocks a projection meets in turn. */
const CACHED_BLOCKS = 8192

/** One random key per stream and 256 stream versions, and a new one for the rest of a block after it was cut. */
export class BlockKeys {
  readonly #cells: KeyCells
  #cache = new RecentlyUsed<string, BlockKey>(CACHED_BLOCKS)
  readonly #select: PrivateStatement
  readonly #upsert: PrivateStatement

  constructor(db: PrivateConnection, cells: KeyCells) {
    this.#cells = cells
    this.#select = db.prepare(
      'SELECT generation, since, cell, wrapped FROM block_key LEFT JOIN cell ON id = cell WHERE stream = ? AND block = ?',
    )
    this.#upsert = db.prepare('INSERT OR REPLACE INTO block_key (stream, block, generation, since, cell) VALUES (?, ?, ?, ?, ?)')
  }

  /** Null when the block never had a key. */
  find(stream: string, block: number): BlockKey | null {
    const cached = this.#cache.get(cacheKey(stream, block))
    if (cached !== undefined) return cached
    const row = this.#row(stream, block)
    if (row === null) return null
    if (row.cell === null) return { since: row.since, extracted: null }
    const found = { since: row.since, extracted: this.#extract(nameOf(stream, block, row.generation), row.wrapped) }
    this.#cache.set(cacheKey(stream, block), found)
    return found
  }

  /** Within a transaction, and not to be looked for before it is committed. */
  make({ stream, block }: BlockRef): void {
    const row = this.#row(stream, block)
    if (row !== null && row.cell !== null) return
    const since = row?.since ?? block * BLOCK_SIZE
    if (since >= (block + 1) * BLOCK_SIZE)
      throw new Error(`expected room in block ${block} of ${stream}, found all its versions behind ${since}`)
    const generation = (row?.generation ?? -1) + 1
    this.#upsert.run(stream, block, generation, since, this.#cells.add(nameOf(stream, block, generation), randomBytes(32)))
  }

  /** Within a transaction: destroys the key. Events from `since` on will get a new one. */
  cut(stream: string, block: number, since: number): void {
    const row = this.#row(stream, block)
    if (row === null) return
    if (row.cell !== null) this.#cells.destroy(row.cell)
    this.#upsert.run(stream, block, row.generation, since, null)
  }

  forget(): void {
    this.#cache = new RecentlyUsed(CACHED_BLOCKS)
  }

  #row(stream: string, block: number): BlockRow | null {
    const row = this.#select.get(stream, block)
    if (row === undefined) return null
    return {
      generation: Number(row.generation),
      since: Number(row.since),
      cell: row.cell === null ? null : Number(row.cell),
      wrapped: row.wrapped,
    }
  }

  /** Copied, because Node's buffers of a few bytes keep their whole pool alive. */
  #extract(name: KeyName, wrapped: SQLOutputValue | undefined): ExtractedKey {
    return { prk: new Uint8Array(extractBlockKey(this.#cells.open(name, wrapped), nodeDigests).prk) }
  }
}

function cacheKey(stream: string, block: number): string {
  return `${stream}/${block}`
}

function nameOf(stream: string, block: number, generation: number): KeyName {
  return ['block', stream, block, generation]
}
