/**
 * # A log as files
 *
 * The hashes of complete subtrees never change (`tree/tree-hash.ts`), so a log can be served as files that may be cached for ever
 * (C2SP tlog-tiles). A *tile* holds 256 of them side by side: at level 0 leaves, at level 1 the roots of full tiles of level 0, and so
 * on; the levels between are hashed anew from a tile's content. An *entry bundle* holds the entries behind a tile of level 0.
 *
 *     tile/<level>/<n>            256 hashes, 8,192 bytes
 *     tile/<level>/<n>.p/<w>      the first w of them, while there are no more
 *     tile/entries/<n>[.p/<w>]    256 (or w) entries, each behind its length in two bytes
 *
 * <n> is written in groups of three digits, all but the last after an x: 1234067 is x001/x234/067.
 */

import { HASH_LENGTH, type NodeReader, type TreeSize } from '../tree/tree-hash.ts'

export interface Tile {
  readonly level: number
  /** Place in its level, from 0. */
  readonly index: number
  /** Number of hashes, 1–256. */
  readonly width: number
}

export const TILE_WIDTH = 256
/** Levels of the tree that one level of tiles covers. */
export const TILE_HEIGHT = 8

/** How many hashes of this level of tiles a tree of this size has. */
export function hashesAt(level: number, size: TreeSize): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/**
 * The tiles that a tree of `newSize` has and one of `oldSize` hadn't: what a log writes when it grows. Bundles are written for those of
 * level 0.
 * @throws when the tree would shrink.
 */
export function tilesBetween(oldSize: TreeSize, newSize: TreeSize): Tile[] {
  if (oldSize > newSize) throw new Error(`expected a tree that grows from ${oldSize}, found ${newSize}`)
  const tiles: Tile[] = []
  for (let level = 0; hashesAt(level, newSize) > 0; level++) {
    const hashes = hashesAt(level, newSize)
    if (hashes === hashesAt(level, oldSize)) continue
    for (let index = Math.floor(hashesAt(level, oldSize) / TILE_WIDTH); index * TILE_WIDTH < hashes; index++) {
      tiles.push({ level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) })
    }
  }
  return tiles
}

/** A tile's content: its hashes side by side. */
export function tileBytes({ level, index, width }: Tile, nodes: NodeReader): Uint8Array {
  const bytes = new Uint8Array(width * HASH_LENGTH)
  for (let i = 0; i < width; i++) bytes.set(nodes(level * TILE_HEIGHT, index * TILE_WIDTH + i), i * HASH_LENGTH)
  return bytes
}
