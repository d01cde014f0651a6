import { type Digests, nobleDigests } from '../digests.ts'
import { HASH_LENGTH, type NodeReader, nodeHash, type TreeSize } from '../tree/tree-hash.ts'
import { hashesAt, TILE_HEIGHT, TILE_WIDTH, type Tile } from './tile.ts'

/**
 * The nodes of a tree of this size, from its tiles. What comes out is worth what the tiles are: compare the root with a signed one.
 * @param read the content of a tile that such a tree has; a wider version of it serves too.
 */
export function tileNodes(size: TreeSize, read: (tile: Tile) => Uint8Array, digests: Digests = nobleDigests): NodeReader {
  return (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT)
    const width = 2 ** (level % TILE_HEIGHT)
    const first = index * width
    if (first + width > hashesAt(tileLevel, size))
      throw new Error(`expected a complete subtree of ${size} leaves, found ${index} at level ${level}`)
    const tileIndex = Math.floor(first / TILE_WIDTH)
    const tileWidth = Math.min(TILE_WIDTH, hashesAt(tileLevel, size) - tileIndex * TILE_WIDTH)
    const content = read({ level: tileLevel, index: tileIndex, width: tileWidth })
    if (content.length < tileWidth * HASH_LENGTH) throw new Error(`expected a tile of ${tileWidth} hashes, found ${content.length} bytes`)
    return topOf(content, first % TILE_WIDTH, width, digests)
  }
}

/** The root over `width` (a power of two) hashes of a tile. */
function topOf(content: Uint8Array, first: number, width: number, digests: Digests): Uint8Array {
  if (width === 1) return content.slice(first * HASH_LENGTH, (first + 1) * HASH_LENGTH)
  const half = width / 2
  return nodeHash(topOf(content, first, half, digests), topOf(content, first + half, half, digests), digests)
}
