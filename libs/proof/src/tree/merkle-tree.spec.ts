import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { naivePath, naiveProof, naiveRoot } from '../../vectors/naive-tree.ts'
import { vectorFiles, vectorsAreThere, vectorText } from '../../vectors/published-vectors.ts'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { parseBase64, toBase64 } from '../bytes/base64.ts'
import { parseHex, toHex } from '../bytes/hex.ts'
import { leafHash } from './leaf-hash.ts'
import { MerkleTree } from './merkle-tree.ts'
import { proveConsistency } from './prove-consistency.ts'
import { proveInclusion } from './prove-inclusion.ts'
import { TreeEdge } from './tree-edge.ts'
import { emptyRoot, nodeHash } from './tree-hash.ts'
import { verifyConsistency } from './verify-consistency.ts'
import { type InclusionClaim, verifyInclusion } from './verify-inclusion.ts'

const entry = (i: number) => new TextEncoder().encode(`entry ${i}`)
const leaf = (i: number) => leafHash(entry(i), runtimeDigests)

function treeOf(size: number): MerkleTree {
  const tree = new MerkleTree(runtimeDigests)
  for (let i = 0; i < size; i++) tree.append(leaf(i))
  return tree
}

describe('against the definition, word for word', () => {
  const entries = Array.from({ length: 70 }, (_, i) => entry(i))
  const tree = treeOf(70)

  test('roots, from all nodes and from the edge alone', () => {
    const edge = new TreeEdge(null, runtimeDigests)
    for (let size = 0; size <= 70; size++) {
      const root = naiveRoot(entries.slice(0, size))
      expect(tree.root(size)).toEqual(root)
      expect(edge.root()).toEqual(root)
      expect(new TreeEdge(edge, runtimeDigests).root()).toEqual(root)
      for (const { level, index, hash } of size < 70 ? edge.append(leaf(size)) : []) expect(hash).toEqual(tree.node(level, index))
    }
  })

  test('every inclusion proof', () => {
    for (let size = 1; size <= 70; size++) {
      for (let index = 0; index < size; index++) {
        expect(proveInclusion(index, size, tree.node, runtimeDigests)).toEqual(naivePath(index, entries.slice(0, size)))
      }
    }
  })

  test('every consistency proof', () => {
    for (let newSize = 1; newSize <= 70; newSize++) {
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        expect(proveConsistency(oldSize, newSize, tree.node, runtimeDigests)).toEqual(naiveProof(oldSize, entries.slice(0, newSize)))
      }
    }
  })
})

describe('every proof of every tree up to 256 leaves verifies', () => {
  const tree = treeOf(256)
  const roots = Array.from({ length: 257 }, (_, size) => tree.root(size))

  test('inclusion', () => {
    for (let size = 1; size <= 256; size++) {
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(index, size, tree.node, runtimeDigests)
        const claim = { index, size, leaf: tree.node(0, index), root: roots[size] as Uint8Array, proof }
        if (verifyInclusion(claim, runtimeDigests).status !== 'verified') throw new Error(`leaf ${index} of ${size} is refused`)
      }
    }
  })

  test('consistency', () => {
    for (let newSize = 1; newSize <= 256; newSize++) {
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = proveConsistency(oldSize, newSize, tree.node, runtimeDigests)
        const claim = { oldSize, newSize, oldRoot: roots[oldSize] as Uint8Array, newRoot: roots[newSize] as Uint8Array, proof }
        if (verifyConsistency(claim, runtimeDigests).status !== 'verified') throw new Error(`${oldSize} to ${newSize} is refused`)
      }
    }
  })
})

const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 })

/** Ways to bend a proof that must each make it worthless. */
const bends: [string, (proof: Uint8Array[], at: number, hash: Uint8Array) => Uint8Array[]][] = [
  ['a bit flipped', (proof, at) => proof.map((h, i) => (i === at % proof.length ? flipped(h, at) : h))],
  ['a hash dropped', (proof, at) => proof.filter((_, i) => i !== at % proof.length)],
  ['a hash doubled', (proof, at) => proof.flatMap((h, i) => (i === at % proof.length ? [h, h] : [h]))],
  ['a hash put in front', (proof, _at, hash) => [hash, ...proof]],
  ['a hash put behind', (proof, _at, hash) => [...proof, hash]],
  ['a hash replaced', (proof, at, hash) => proof.map((h, i) => (i === at % proof.length ? hash : h))],
  ['a hash cut', (proof, at) => proof.map((h, i) => (i === at % proof.length ? h.subarray(1) : h))],
  ['a hash lengthened', (proof, at) => proof.map((h, i) => (i === at % proof.length ? Uint8Array.of(...h, 0) : h))],
  ['turned round', (proof) => proof.toReversed()],
  ['the first dropped', (proof) => proof.slice(1)],
  ['the last dropped', (proof) => proof.slice(0, -1)],
  ['emptied', () => []],
]

function flipped(hash: Uint8Array, at: number): Uint8Array {
  return hash.map((byte, i) => (i === at % 32 ? byte ^ (1 << (at % 8)) : byte))
}

const same = (a: readonly Uint8Array[], b: readonly Uint8Array[]) => a.map(toHex).join() === b.map(toHex).join()

describe('a bent proof is refused', () => {
  const tree = treeOf(300)
  const anySize = fc.integer({ min: 1, max: 300 })
  const LIMIT = { numRuns: 150, interruptAfterTimeLimit: 3000 }

  test.each(bends)('inclusion: %s', (_name, bend) => {
    fc.assert(
      fc.property(anySize, fc.nat(), fc.nat(), hashes, (size, pick, at, hash) => {
        const index = pick % size
        const proof = proveInclusion(index, size, tree.node, runtimeDigests)
        const bent = bend(proof, at, hash)
        const claim = { index, size, leaf: tree.node(0, index), root: tree.root(size), proof: bent }
        expect(verifyInclusion(claim, runtimeDigests).status).toBe(same(bent, proof) ? 'verified' : 'refused')
      }),
      LIMIT,
    )
  })

  test.each(bends)('consistency: %s', (_name, bend) => {
    fc.assert(
      fc.property(anySize, fc.nat(), fc.nat(), hashes, (newSize, pick, at, hash) => {
        const oldSize = 1 + (pick % newSize)
        const proof = proveConsistency(oldSize, newSize, tree.node, runtimeDigests)
        const bent = bend(proof, at, hash)
        const claim = { oldSize, newSize, oldRoot: tree.root(oldSize), newRoot: tree.root(newSize), proof: bent }
        expect(verifyConsistency(claim, runtimeDigests).status).toBe(same(bent, proof) ? 'verified' : 'refused')
      }),
      LIMIT,
    )
  })

  const claims: [string, (claim: InclusionClaim) => Partial<InclusionClaim>][] = [
    ['the leaf before', ({ index }) => ({ index: index - 1 })],
    ['the leaf after', ({ index }) => ({ index: index + 1 })],
    ['another leaf', ({ leaf: hash }) => ({ leaf: flipped(hash, 3) })],
    ['another root', ({ root }) => ({ root: flipped(root, 3) })],
    ['leaf and root swapped', ({ leaf: hash, root }) => ({ leaf: root, root: hash })],
    ['a negative index', () => ({ index: -1 })],
    ['half an index', ({ index }) => ({ index: index + 0.5 })],
    ['an index behind the tree', ({ size }) => ({ index: size })],
    ['no number', () => ({ index: Number.NaN })],
    ['an empty tree', () => ({ index: 0, size: 0 })],
    ['a node passed off as a leaf', () => ({ leaf: tree.node(1, 0), index: 0, size: 150 })],
  ]
  test.each(claims)('inclusion of %s', (_name, change) => {
    for (const size of [2, 3, 7, 8, 9, 255, 300]) {
      for (let index = 0; index < size; index += 1 + (size >> 3)) {
        const claim = {
          index,
          size,
          leaf: tree.node(0, index),
          root: tree.root(size),
          proof: proveInclusion(index, size, tree.node, runtimeDigests),
        }
        expect(verifyInclusion(claim, runtimeDigests).status).toBe('verified')
        expect(verifyInclusion({ ...claim, ...change(claim) }, runtimeDigests).status).toBe('refused')
      }
    }
  })

  test('sizes beyond 2^32 are walked, not truncated', () => {
    const size = 2 ** 40 + 1
    const top = leaf(1)
    const claim = { index: size - 1, size, leaf: leaf(2), root: nodeHash(top, leaf(2)), proof: [top] }
    expect(verifyInclusion(claim).status).toBe('verified')
    expect(verifyInclusion({ ...claim, size: 1, index: 0 }).status).toBe('refused')
  })
})

test('what no tree holds is not proven', () => {
  const tree = treeOf(5)
  expect(() => proveInclusion(5, 5, tree.node)).toThrow(/expected a leaf below 5, found 5/)
  expect(() => proveConsistency(0, 5, tree.node)).toThrow(/1 ≤ old ≤ new/)
  expect(() => proveConsistency(6, 5, tree.node)).toThrow(/1 ≤ old ≤ new/)
  expect(() => tree.root(6)).toThrow(/expected a hash below/)
  expect(() => new TreeEdge({ size: 3, hashes: [leaf(0)] })).toThrow(/expected 2 hashes/)
})

describe.skipIf(!vectorsAreThere)('the RFC 6962 reference tree', () => {
  const { leaf_inputs_hex, node_hashes_hex, root_hash_by_tree_size_hex } = vectorsAreThere
    ? JSON.parse(vectorText('rfc6962-roots/roots.json'))
    : { leaf_inputs_hex: [], node_hashes_hex: [], root_hash_by_tree_size_hex: [] }

  test('all nodes and roots', () => {
    const tree = new MerkleTree()
    expect(toHex(emptyRoot())).toBe(root_hash_by_tree_size_hex[0])
    for (const input of leaf_inputs_hex) {
      tree.append(leafHash(parseHex(input) as Uint8Array))
      expect(toHex(tree.root())).toBe(root_hash_by_tree_size_hex[tree.size])
    }
    node_hashes_hex.forEach((row: string[], level: number) => {
      expect(row).toEqual(row.map((_, index) => toHex(tree.node(level, index))))
    })
  })
})

interface PublishedProof {
  readonly leafIdx: number
  readonly treeSize: number
  readonly start: number
  readonly end: number
  readonly size: number
  readonly size1: number
  readonly size2: number
  readonly root: string
  readonly root1: string
  readonly root2: string
  readonly leafHash: string
  readonly proof: string[] | null
  readonly desc: string
  readonly wantErr: boolean
}

describe.skipIf(!vectorsAreThere)('published proofs, valid and bent', () => {
  const bytes = (base64: string) => {
    const parsed = parseBase64(base64)
    if (parsed === null || toBase64(parsed) !== base64) throw new Error(`no base64: ${base64}`)
    return parsed
  }
  const read = (folder: string): [string, PublishedProof][] =>
    vectorsAreThere ? vectorFiles(`merkle-rfc6962/testdata/${folder}`).map((path) => [path, JSON.parse(vectorText(path))]) : []

  function verdict(kind: string, it: PublishedProof): string {
    const proof = (it.proof ?? []).map(bytes)
    switch (kind) {
      case 'inclusion':
        return verifyInclusion({ index: it.leafIdx, size: it.treeSize, leaf: bytes(it.leafHash), root: bytes(it.root), proof }).status
      case 'subtreeinclusion':
        return verifyInclusion({ index: it.leafIdx, size: it.end, leaf: bytes(it.leafHash), root: bytes(it.root), proof }).status
      case 'consistency':
        return verifyConsistency({ oldSize: it.size1, newSize: it.size2, oldRoot: bytes(it.root1), newRoot: bytes(it.root2), proof }).status
      default:
        return verifyConsistency({ oldSize: it.end, newSize: it.size, oldRoot: bytes(it.root1), newRoot: bytes(it.root2), proof }).status
    }
  }

  test.each([
    ['inclusion', 98, 98],
    ['consistency', 98, 98],
    // A subtree of leaves 0 to n is a tree; others are left out (see the list in published-vectors.spec.ts).
    ['subtreeinclusion', 204, 93],
    ['subtreeconsistency', 118, 91],
  ])('%s', (kind, published, run) => {
    const all = read(kind)
    const ours = all.filter(([, it]) => it.start === undefined || (it.start === 0 && it.end > 0))
    expect([all.length, ours.length]).toEqual([published, run])
    for (const [path, it] of ours) {
      expect(`${path}: ${verdict(kind, it)}`).toBe(`${path}: ${it.wantErr ? 'refused' : 'verified'}`)
    }
  })
})
