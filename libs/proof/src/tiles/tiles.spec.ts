import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vectorBytes, vectorFiles, vectorsAreThere, vectorText } from '../../vectors/published-vectors.ts'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { parseCheckpoint } from '../note/checkpoint.ts'
import { leafHash } from '../tree/leaf-hash.ts'
import { MerkleTree } from '../tree/merkle-tree.ts'
import { treeRoot } from '../tree/tree-root.ts'
import { entryBundle, parseEntryBundle } from './entry-bundle.ts'
import { TILE_WIDTH, tileBytes, tilesBetween } from './tile.ts'
import { tileNodes } from './tile-nodes.ts'
import { parseTilePath, type TileName, tilePath } from './tile-path.ts'

const WORDS = 'one two three four five six seven eit nain ten ileven twelf threeten fourten fivten'.split(' ').map(encodeUtf8)

function treeOf(entries: readonly Uint8Array[]): MerkleTree {
  const tree = new MerkleTree(runtimeDigests)
  for (const entry of entries) tree.append(leafHash(entry, runtimeDigests))
  return tree
}

describe.skipIf(!vectorsAreThere)('a published log, sizes 0 to 15', () => {
  const LOG = 'tessera-tlog-tiles/testdata/log'
  const tree = treeOf(WORDS)

  test('checkpoints have our roots', () => {
    for (let size = 0; size <= 15; size++) {
      const [body = ''] = vectorText(`${LOG}/checkpoint.${size}`).split('\n\n')
      expect(parseCheckpoint(`${body}\n`)).toMatchObject({ checkpoint: { size, root: tree.root(size) } })
    }
  })

  test('every published tile and bundle is the one that we write, and no other is published', () => {
    const ours = Array.from({ length: 15 }, (_, i) => tilesBetween(i, i + 1)).flat()
    const published = vectorFiles(LOG).filter((path) => path.includes('/tile/'))
    expect(ours.flatMap((tile) => [tilePath(tile), tilePath({ ...tile, level: 'entries' })]).sort()).toEqual(
      published.map((path) => path.slice(LOG.length + 1)).sort(),
    )
    for (const tile of ours) {
      expect(tileBytes(tile, tree.node)).toEqual(vectorBytes(`${LOG}/${tilePath(tile)}`))
      const bundle = vectorBytes(`${LOG}/${tilePath({ ...tile, level: 'entries' })}`)
      expect(entryBundle(WORDS.slice(0, tile.width))).toEqual(bundle)
      expect(parseEntryBundle(bundle, tile.width)).toEqual({ status: 'parsed', entries: WORDS.slice(0, tile.width) })
    }
  })
})

describe('a log grown in any steps', () => {
  const SIZE = 70_000
  const tree = new MerkleTree(runtimeDigests)
  for (let i = 0; i < SIZE; i++) tree.append(leafHash(Uint8Array.of(i, i >>> 8, i >>> 16), runtimeDigests))

  test('has tiles from which every node and root comes out the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 6 }), (steps) => {
        const files = new Map<string, Uint8Array>()
        let size = 0
        for (const step of steps) {
          const grown = Math.min(size + step, SIZE)
          for (const tile of tilesBetween(size, grown)) files.set(tilePath(tile), tileBytes(tile, tree.node))
          size = grown
        }
        const nodes = tileNodes(size, (tile) => files.get(tilePath(tile)) ?? new Uint8Array(0), runtimeDigests)
        expect(treeRoot(size, nodes, runtimeDigests)).toEqual(tree.root(size))
        for (let level = 0; 2 ** level <= size; level++) {
          const last = Math.floor(size / 2 ** level) - 1
          expect(nodes(level, last)).toEqual(tree.node(level, last))
          expect(nodes(level, 0)).toEqual(tree.node(level, 0))
          expect(() => nodes(level, last + 1)).toThrow(/expected a complete subtree/)
        }
      }),
      { numRuns: 30, interruptAfterTimeLimit: 3000 },
    )
  })

  test('the tiles of 70,000 leaves', () => {
    const tiles = tilesBetween(0, 70_000)
    const of = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width)
    expect(of(0)).toEqual([...Array(273).fill(256), 112])
    expect([of(1), of(2), of(3)]).toEqual([[256, 17], [1], []])
    expect(tilesBetween(0, 256).map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1'])
    expect(tilesBetween(70_000, 70_000)).toEqual([])
    expect(() => tilesBetween(2, 1)).toThrow(/expected a tree that grows/)
  })
})

describe('paths', () => {
  test.each<[string, TileName]>([
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/000.p/1', { level: 0, index: 0, width: 1 }],
    ['tile/63/999.p/255', { level: 63, index: 999, width: 255 }],
    ['tile/1/x001/000', { level: 1, index: 1000, width: 256 }],
    ['tile/entries/x001/x234/067.p/8', { level: 'entries', index: 1234067, width: 8 }],
  ])('%s', (path, tile) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  test.each([
    '',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/1000',
    'tile/0/001/000',
    'tile/0/x000/000',
    'tile/0/x001',
    'tile/0/x01/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/data/000',
    'tile/0/../000',
    'tile/0/000\n',
    `tile/0/${'x999/'.repeat(6)}999`,
  ])('refused: %j', (path) => {
    expect(parseTilePath(path)).toBeNull()
  })

  test('every tile’s path reads back equal', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const))
    fc.assert(
      fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: TILE_WIDTH }), (of, index, width) => {
        expect(parseTilePath(tilePath({ level: of, index, width }))).toEqual({ level: of, index, width })
      }),
    )
    expect(() => tilePath({ level: 64, index: 0, width: 1 })).toThrow(/expected a tile/)
  })
})

describe('bundles', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: TILE_WIDTH })

  test('read back equal, and not when cut, lengthened or of another width', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (of, at) => {
        const bytes = entryBundle(of)
        expect(parseEntryBundle(bytes, of.length)).toEqual({ status: 'parsed', entries: of })
        expect(parseEntryBundle(bytes.subarray(0, at % bytes.length), of.length).status).toBe('refused')
        expect(parseEntryBundle(Uint8Array.of(...bytes, 0), of.length).status).toBe('refused')
        expect(parseEntryBundle(bytes, of.length + 1).status).toBe('refused')
      }),
      { numRuns: 100, interruptAfterTimeLimit: 3000 },
    )
  })

  test('of nothing, of 257 entries or of one too long are never written', () => {
    expect(() => entryBundle([])).toThrow(/expected 1 to 256/)
    expect(() => entryBundle(Array(257).fill(new Uint8Array(1)))).toThrow(/expected 1 to 256/)
    expect(() => entryBundle([new Uint8Array(65536)])).toThrow(/at most 65535/)
  })
})
