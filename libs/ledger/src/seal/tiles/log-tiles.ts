import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { HASH_LENGTH, type NodeReader, parseEntryBundle, TILE_WIDTH, type Tile, type TreeSize, tileNodes } from '@annal/proof'
import { StoreCorrupt } from '../../event-store.ts'
import { nodeDigests } from '../../keys/node-digests.ts'
import { BUNDLE_ENDS, ENTRIES, hashesFile, isMissing, OFFSET_BYTES } from './log-files.ts'

/** Entries that are read at once: bytes of at most so many bundles. */
const BUNDLES_AT_ONCE = 64
const CACHED_TILES = 64

/**
 * Reads a log's files, in any thread or process beside the one that writes them. What a signed head covers is there for good; whoever
 * asks for more gets `StoreCorrupt` or what isn't sealed yet.
 */
export class LogTiles {
  readonly #folder: string
  readonly #files = new Map<string, number>()
  readonly #cache = new Map<string, Uint8Array>()

  /** @param folder `tiles/<log>` */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** The hashes of a tile side by side: `width` of them. @throws StoreCorrupt when the log has fewer. */
  tile({ level, index, width }: Tile): Uint8Array {
    return this.#read(hashesFile(level), index * TILE_WIDTH * HASH_LENGTH, width * HASH_LENGTH)
  }

  /** C2SP entry bundle: the first `width` of the 256 entries from `256 · index` on, each behind its length. */
  bundle(index: number, width: number): Uint8Array {
    const start = this.entriesEnd(index * TILE_WIDTH)
    if (width === TILE_WIDTH) return this.#read(ENTRIES, start, this.entriesEnd((index + 1) * TILE_WIDTH) - start)
    return this.#read(ENTRIES, start, this.entriesEnd(index * TILE_WIDTH + width) - start)
  }

  /** The entries of leaves `from` to `to` (exclusive), in order, a bundle's worth at a time. */
  *entries(from: number, to: number): Generator<{ readonly leaf: number; readonly bytes: Uint8Array }> {
    for (let leaf = from; leaf < to; ) {
      const bundle = Math.floor(leaf / TILE_WIDTH)
      const end = Math.min(to, (bundle + BUNDLES_AT_ONCE) * TILE_WIDTH)
      const start = this.entriesEnd(bundle * TILE_WIDTH)
      const bytes = this.#read(ENTRIES, start, this.entriesEnd(end) - start)
      let at = 0
      for (let i = bundle * TILE_WIDTH; i < end; i++) {
        const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
        if (i >= leaf) yield { leaf: i, bytes: bytes.subarray(at + 2, at + 2 + length) }
        at += 2 + length
      }
      leaf = end
    }
  }

  /** The entry of one leaf. */
  entry(leaf: number): Uint8Array {
    const width = (leaf % TILE_WIDTH) + 1
    const parsed = parseEntryBundle(this.bundle(Math.floor(leaf / TILE_WIDTH), width), width)
    const entry = parsed.status === 'parsed' ? parsed.entries[width - 1] : undefined
    if (entry === undefined) throw new StoreCorrupt(`${this.#folder}: expected entry ${leaf}, found ${JSON.stringify(parsed)}`)
    return entry
  }

  /** All nodes of the tree of this size: what roots and proofs are made of. */
  nodes(size: TreeSize): NodeReader {
    return tileNodes(size, (tile) => this.#cached(tile), nodeDigests)
  }

  /** Behind which byte the entries of the first `size` leaves end. */
  entriesEnd(size: TreeSize): number {
    const full = Math.floor(size / TILE_WIDTH)
    let end = full === 0 ? 0 : Number(Buffer.from(this.#read(BUNDLE_ENDS, (full - 1) * OFFSET_BYTES, OFFSET_BYTES)).readBigUInt64BE())
    for (let rest = size % TILE_WIDTH; rest > 0; rest--) end += 2 + Buffer.from(this.#read(ENTRIES, end, 2)).readUInt16BE()
    return end
  }

  /** True when the files hold as many leaves. */
  holds(size: TreeSize): boolean {
    try {
      for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
        if (this.#length(hashesFile(level)) < hashes * HASH_LENGTH) return false
      }
      return size === 0 || this.#length(ENTRIES) >= this.entriesEnd(size)
    } catch (error) {
      if (error instanceof StoreCorrupt) return false
      throw error
    }
  }

  close(): void {
    for (const file of this.#files.values()) closeSync(file)
    this.#files.clear()
    this.#cache.clear()
  }

  #cached(tile: Tile): Uint8Array {
    if (tile.width < TILE_WIDTH) return this.tile(tile)
    const name = `${tile.level}/${tile.index}`
    const known = this.#cache.get(name)
    if (known !== undefined) return known
    const content = this.tile(tile)
    if (this.#cache.size >= CACHED_TILES) this.#cache.clear()
    this.#cache.set(name, content)
    return content
  }

  #length(name: string): number {
    return fstatSync(this.#open(name)).size
  }

  #read(name: string, at: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    const read = length === 0 ? 0 : readSync(this.#open(name), bytes, 0, length, at)
    if (read < length) throw new StoreCorrupt(`${join(this.#folder, name)}: expected ${length} bytes at ${at}, found ${read}`)
    return bytes
  }

  #open(name: string): number {
    const known = this.#files.get(name)
    if (known !== undefined) return known
    try {
      const file = openSync(join(this.#folder, name), 'r')
      this.#files.set(name, file)
      return file
    } catch (error) {
      if (isMissing(error)) throw new StoreCorrupt(`${join(this.#folder, name)}: expected a file of the log, found none`)
      throw error
    }
  }
}
