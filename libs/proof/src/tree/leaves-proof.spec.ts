import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { naiveRoot } from '../../vectors/naive-tree.ts'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { leafHash } from './leaf-hash.ts'
import { MerkleTree } from './merkle-tree.ts'
import { LEAVES_PROOF_HEADER, proveLeaves } from './prove-leaves.ts'
import { type LeafIndex, nodeHash } from './tree-hash.ts'
import { LeavesVerifier } from './verify-leaves.ts'

const entry = (i: number) => Uint8Array.of(i & 255, i >>> 8, 7)

function treeOf(size: number): MerkleTree {
  const tree = new MerkleTree(runtimeDigests)
  for (let i = 0; i < size; i++) tree.append(leafHash(entry(i), runtimeDigests))
  return tree
}

function proofOf(tree: MerkleTree, leaves: readonly LeafIndex[], size = tree.size): Uint8Array {
  return new Uint8Array(Buffer.concat([...proveLeaves(leaves, size, tree.node, runtimeDigests)]))
}

interface Claim {
  readonly size: number
  readonly leaves: readonly (readonly [LeafIndex, Uint8Array])[]
  readonly hashes: Uint8Array
  readonly root: Uint8Array
}

function verdict({ size, leaves, hashes, root }: Claim): string {
  let at = 0
  const next = () => {
    at += 32
    return at > hashes.length ? null : hashes.subarray(at - 32, at)
  }
  const verifier = new LeavesVerifier(size, runtimeDigests)
  for (const [index, leaf] of leaves) {
    if (verifier.add(index, leaf, next) !== null) return 'refused'
  }
  return verifier.end(root, next).status
}

function claimOf(tree: MerkleTree, leaves: readonly LeafIndex[], size = tree.size): Claim {
  return {
    size,
    leaves: leaves.map((index) => [index, tree.node(0, index)]),
    hashes: proofOf(tree, leaves, size).subarray(LEAVES_PROOF_HEADER),
    root: tree.root(size),
  }
}

describe('one proof for many leaves', () => {
  test('holds for every set of leaves of every tree up to 9, and for single leaves, ranges and combs up to 256', () => {
    const tree = treeOf(256)
    const check = (size: number, leaves: number[]) => expect(verdict(claimOf(tree, leaves, size))).toBe('verified')
    for (let size = 0; size <= 9; size++) {
      for (let set = 0; set < 2 ** size; set++) {
        check(
          size,
          Array.from({ length: size }, (_, i) => i).filter((i) => (set >> i) & 1),
        )
      }
    }
    for (let size = 1; size <= 256; size++) {
      expect(tree.root(size)).toEqual(naiveRoot(Array.from({ length: size }, (_, i) => entry(i))))
      for (let from = 0; from < size; from += 1 + (size >> 4)) {
        check(size, [from])
        check(
          size,
          Array.from({ length: size - from }, (_, i) => from + i),
        )
        check(
          size,
          Array.from({ length: size }, (_, i) => i).filter((i) => i % (from + 1) === 0),
        )
      }
    }
  })

  test('proves nothing of none of the leaves but the root, and all of them without a hash', () => {
    const tree = treeOf(77)
    expect(proofOf(tree, []).length).toBe(LEAVES_PROOF_HEADER + 32)
    expect(
      proofOf(
        tree,
        Array.from({ length: 77 }, (_, i) => i),
      ).length,
    ).toBe(LEAVES_PROOF_HEADER)
    expect(proofOf(treeOf(0), []).length).toBe(LEAVES_PROOF_HEADER)
  })

  test.each([
    [200_000, 100_000],
    [1_000_000, 100_000],
    [1_000_000, 1_000],
  ])('of %i leaves, %i proven: at most 32 · (log2(N/k) + 1) + 16 bytes an event, spread evenly or at random', (size, count) => {
    // Only lengths are counted here: every node is the same hash.
    const nodes = () => new Uint8Array(32)
    const lengthOf = (leaves: number[]) =>
      [...proveLeaves(leaves, size, nodes, { ...runtimeDigests, sha256: () => new Uint8Array(32) })].reduce(
        (sum, { length }) => sum + length,
        0,
      )
    const even = Array.from({ length: count }, (_, i) => Math.floor((i * size) / count))
    let seed = 7
    const random = () => {
      seed = (seed * 48271) % 0x7fffffff
      return seed / 0x7fffffff
    }
    const chosen = new Set<number>()
    while (chosen.size < count) chosen.add(Math.floor(random() * size))
    const bound = 32 * (Math.log2(size / count) + 1) + 16
    for (const leaves of [even, [...chosen].sort((a, b) => a - b)]) expect(lengthOf(leaves) / count).toBeLessThanOrEqual(bound)
  })

  test('what no tree holds is not proven', () => {
    const tree = treeOf(5)
    expect(() => proofOf(tree, [5])).toThrow(/expected a leaf from 0 to 5, found 5/)
    expect(() => proofOf(tree, [3, 3])).toThrow(/expected a leaf from 4 to 5, found 3/)
  })
})

/** Like every RFC 6962 proof it binds the size only as far as the path shows it: a head signs root and size together. */
describe('a bent proof is refused', () => {
  const tree = treeOf(300)
  const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at % bytes.length ? byte ^ (1 << (at % 8)) : byte))
  const cut = (bytes: Uint8Array, at: number) => {
    const hash = (at % (bytes.length / 32)) * 32
    return { before: bytes.subarray(0, hash), it: bytes.subarray(hash, hash + 32), after: bytes.subarray(hash + 32) }
  }
  const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
  const swap = <T>(items: readonly T[], at: number) => {
    const i = at % (items.length - 1)
    return items.map((item, j) => (j === i ? (items[i + 1] as T) : j === i + 1 ? (items[i] as T) : item))
  }

  const bends: [string, (claim: Claim, at: number) => Claim][] = [
    ['a bit of a hash flipped', (c, at) => ({ ...c, hashes: flip(c.hashes, at) })],
    [
      'a bit of a leaf flipped',
      (c, at) => ({ ...c, leaves: c.leaves.map(([i, leaf], j) => [i, j === at % c.leaves.length ? flip(leaf, at) : leaf]) }),
    ],
    ['a bit of the root flipped', (c, at) => ({ ...c, root: flip(c.root, at) })],
    ['a hash dropped', (c, at) => ({ ...c, hashes: join(cut(c.hashes, at).before, cut(c.hashes, at).after) })],
    [
      'a hash doubled',
      (c, at) => ({ ...c, hashes: join(cut(c.hashes, at).before, cut(c.hashes, at).it, cut(c.hashes, at).it, cut(c.hashes, at).after) }),
    ],
    ['the last hash moved to the front', (c) => ({ ...c, hashes: join(c.hashes.subarray(-32), c.hashes.subarray(0, -32)) })],
    ['a hash added', (c) => ({ ...c, hashes: join(c.hashes, new Uint8Array(32)) })],
    ['emptied', (c) => ({ ...c, hashes: new Uint8Array(0) })],
    ['a leaf dropped', (c, at) => ({ ...c, leaves: c.leaves.filter((_, i) => i !== at % c.leaves.length) })],
    ['a leaf doubled', (c, at) => ({ ...c, leaves: c.leaves.flatMap((leaf, i) => (i === at % c.leaves.length ? [leaf, leaf] : [leaf])) })],
    ['two leaves swapped with their places', (c, at) => ({ ...c, leaves: swap(c.leaves, at) })],
    [
      'two leaves swapped',
      (c, at) => ({
        ...c,
        leaves: swap(
          c.leaves.map(([, leaf]) => leaf),
          at,
        ).map((leaf, i) => [c.leaves[i]?.[0] ?? 0, leaf]),
      }),
    ],
    ['a leaf one place on', (c, at) => ({ ...c, leaves: c.leaves.map(([i, leaf], j) => [j === at % c.leaves.length ? i + 1 : i, leaf]) })],
    [
      'a node passed off as a leaf',
      (c, at) => ({ ...c, leaves: c.leaves.map(([i, leaf], j) => [i, j === at % c.leaves.length ? nodeHash(leaf, leaf) : leaf]) }),
    ],
    ['a tree twice as large', (c) => ({ ...c, size: c.size * 2 })],
    ['a tree that ends before the last leaf', (c) => ({ ...c, size: c.leaves.at(-1)?.[0] ?? 0 })],
  ]

  test.each(bends)('%s', (_name, bend) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 300 }),
        fc.uniqueArray(fc.nat(299), { minLength: 2, maxLength: 40 }),
        fc.nat(),
        (size, picked, at) => {
          const leaves = picked.filter((i) => i < size).sort((a, b) => a - b)
          const claim = claimOf(tree, leaves, size)
          fc.pre(leaves.length >= 2 && claim.hashes.length >= 64)
          expect(verdict(claim)).toBe('verified')
          expect(verdict(bend(claim, at))).toBe('refused')
        },
      ),
      { numRuns: 100, interruptAfterTimeLimit: 2000 },
    )
  })
})
