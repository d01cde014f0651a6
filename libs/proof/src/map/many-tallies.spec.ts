import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { toHex } from '../bytes/hex.ts'
import { restoreTokenMap } from './restore-token-map.ts'
import { TALLIES_PROOF_HEADER } from './tallies-proof.ts'
import { TokenMap } from './token-map.ts'
import { verifyTallies } from './verify-tallies.ts'

const random = (seed: number) => runtimeDigests.sha256(Uint8Array.of(seed, seed >>> 8, seed >>> 16))
/** Tokens that share long prefixes are what a map of random ones never shows. */
const near = fc
  .tuple(fc.constantFrom(0, 1, 7, 8, 200, 254), fc.nat(255), fc.constantFrom(0x00, 0xff, 0xa5))
  .map(([depth, seed, fill]) => new Uint8Array(32).fill(fill).map((byte, i) => (i === depth >>> 3 ? byte ^ seed : byte)))

function mapOf(leaves: readonly Uint8Array[]): TokenMap {
  const map = new TokenMap(runtimeDigests)
  for (const [leaf, token] of leaves.entries()) map.count(token, leaf)
  return map
}

describe('one proof of many tallies', () => {
  test('says of each token what the map says', () => {
    fc.assert(
      fc.property(fc.array(near, { maxLength: 25 }), fc.array(near, { minLength: 1, maxLength: 8 }), (leaves, asked) => {
        const map = mapOf(leaves)
        const tokens = [...asked, ...leaves.slice(0, 5)]
        const verified = verifyTallies(tokens, map.proveMany(tokens), map.root(), runtimeDigests)
        if (verified.status === 'refused') throw new Error(verified.reason)
        for (const token of tokens) expect(verified.tallies.get(toHex(token))).toEqual(map.tally(token))
      }),
      { numRuns: 300, interruptAfterTimeLimit: 3000 },
    )
  })

  test('is shorter than its parts: 1,000 tokens of 4,000 share most of their paths', () => {
    const map = mapOf(Array.from({ length: 4000 }, (_, i) => random(i)))
    const tokens = Array.from({ length: 1000 }, (_, i) => random(i * 4))
    const proof = map.proveMany(tokens)
    expect(proof.length).toBeLessThan(tokens.reduce((sum, token) => sum + 32 * map.prove(token).siblings.length, 0) / 2)
    const verified = verifyTallies(tokens, proof, map.root(), runtimeDigests)
    expect(verified.status === 'verified' && verified.tallies.size).toBe(1000)
  })

  test('of no token is none', () => {
    expect(() => mapOf([random(1)]).proveMany([])).toThrow(/expected a token/)
  })
})

describe('a bent proof of many tallies is refused', () => {
  const map = mapOf(Array.from({ length: 600 }, (_, i) => random(i % 200)))
  const root = map.root()
  const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
  const tokensOf = (proof: Uint8Array) => Number(new DataView(proof.buffer, proof.byteOffset).getBigUint64(0))
  const nodesAt = (proof: Uint8Array) => TALLIES_PROOF_HEADER + 32 * tokensOf(proof)

  const bends: [string, (proof: Uint8Array, at: number) => Uint8Array][] = [
    ['a bit flipped', (p, at) => p.map((byte, i) => (i === at % p.length ? byte ^ (1 << (at % 8)) : byte))],
    ['a byte dropped', (p, at) => join(p.subarray(0, at % p.length), p.subarray((at % p.length) + 1))],
    ['a byte doubled', (p, at) => join(p.subarray(0, (at % p.length) + 1), p.subarray(at % p.length))],
    ['a byte added', (p) => join(p, Uint8Array.of(0))],
    ['cut', (p, at) => p.subarray(0, at % p.length)],
    ['emptied', () => new Uint8Array(0)],
    ['one token fewer', (p) => p.map((byte, i) => (i === 7 ? byte - 1 : byte))],
    ['one token more', (p) => p.map((byte, i) => (i === 7 ? byte + 1 : byte))],
    ['a token doubled', (p) => join(p.subarray(0, 7), Uint8Array.of(tokensOf(p) + 1), p.subarray(8, 40), p.subarray(8))],
    ['its first two tokens swapped', (p) => join(p.subarray(0, 8), p.subarray(40, 72), p.subarray(8, 40), p.subarray(72))],
    ['all said to be absent', (p) => join(p.subarray(0, nodesAt(p)), Uint8Array.of(0))],
    ['a tally at the top', (p) => join(p.subarray(0, nodesAt(p)), Uint8Array.of(1), p.subarray(8, 40), new Uint8Array(16).fill(1, 7, 8))],
    ['an empty branch', (p) => join(p.subarray(0, nodesAt(p)), Uint8Array.of(2, 0, 0))],
    ['branches without end', (p) => join(p.subarray(0, nodesAt(p)), new Uint8Array(40_000).fill(2))],
    ['a number of tokens beyond all bounds', (p) => join(new Uint8Array(8).fill(0xff), p.subarray(8))],
  ]

  test.each(bends)('%s', (_name, bend) => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(400), { minLength: 2, maxLength: 12 }), fc.nat(), (picked, at) => {
        const tokens = picked.map(random)
        const proof = map.proveMany(tokens)
        expect(verifyTallies(tokens, proof, root, runtimeDigests).status).toBe('verified')
        expect(verifyTallies(tokens, bend(proof, at), root, runtimeDigests).status).toBe('refused')
      }),
      { numRuns: 60, interruptAfterTimeLimit: 2000 },
    )
  })

  test('other tokens, and another map', () => {
    expect(verifyTallies([random(1), random(2)], map.proveMany([random(1)]), root, runtimeDigests)).toMatchObject({ status: 'refused' })
    expect(verifyTallies([random(1)], map.proveMany([random(1)]), random(9), runtimeDigests)).toMatchObject({ status: 'refused' })
  })
})

describe('a snapshot', () => {
  const map = mapOf(Array.from({ length: 5000 }, (_, i) => random((i * i) % 1709)))
  const bytes = new Uint8Array(Buffer.concat([...map.snapshot()]))
  const restored = (pieces: Iterable<Uint8Array>) => {
    const outcome = restoreTokenMap(pieces, runtimeDigests)
    return outcome.status === 'restored' ? outcome.map : outcome.reason
  }

  test('gives the map back, however it is cut, and it goes on counting', () => {
    for (const length of [1, 47, 65_536]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) => bytes.subarray(i * length, (i + 1) * length))
      const again = restored(pieces)
      if (typeof again === 'string') throw new Error(again)
      expect(again.root()).toEqual(map.root())
      expect([...again.snapshot()]).toEqual([...map.snapshot()])
      expect(again.count(random(4), 9000)).toBe((map.tally(random(4))?.count ?? 0) + 1)
    }
    expect(restored([...new TokenMap().snapshot()])).toBeInstanceOf(TokenMap)
  })

  test('that was cut off, doubled or bent is refused', () => {
    expect(restored([bytes.subarray(0, -1)])).toMatch(/expected a whole tally at the end/)
    expect(restored([bytes.subarray(0, -48)])).toMatch(/expected \d+ tallies, found \d+/)
    expect(restored([bytes, bytes.subarray(8, 56)])).toMatch(/expected each token once/)
    expect(restored([bytes.map((byte, i) => (i === 8 + 39 ? 0 : byte))])).toMatch(/expected a tally|expected/)
    expect(restored([])).toMatch(/expected NaN tallies/)
  })
})

test('at 100,000 tokens 16,000 counts and a root take a fraction of a second', () => {
  const large = mapOf(Array.from({ length: 100_000 }, (_, i) => random(i)))
  large.root()
  const start = process.cpuUsage().user
  for (let i = 0; i < 16_000; i++) large.count(random((i * 7919) % 100_000), 100_000 + i)
  large.root()
  const spent = (process.cpuUsage().user - start) / 1e6
  expect(spent).toBeLessThan(0.7)
})
