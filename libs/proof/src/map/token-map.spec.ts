import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordAnswers } from '../../vectors/record-answers.ts'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { toBase64 } from '../bytes/base64.ts'
import { parseHex, toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { parseEntry } from '../entry/entry.ts'
import { EMPTY_SUBTREE, type TallyProof, type TokenTally } from './map-hash.ts'
import { mapRoot } from './map-root.ts'
import { TokenMap } from './token-map.ts'
import { verifyTally } from './verify-tally.ts'

const unhex = (hex: string) => parseHex(hex) as Uint8Array
/** Tokens that share long prefixes are what a map of random ones never shows. */
const token = fc
  .tuple(fc.constantFrom(0, 1, 7, 8, 200, 254), fc.nat(255), fc.constantFrom(0x00, 0xff, 0xa5))
  .map(([depth, seed, fill]) => new Uint8Array(32).fill(fill).map((byte, i) => (i === depth >>> 3 ? byte ^ seed : byte)))

function mapOf(leaves: readonly Uint8Array[]): { map: TokenMap; tallies: TokenTally[] } {
  const map = new TokenMap(runtimeDigests)
  const tallies = new Map<string, TokenTally>()
  leaves.forEach((of, last) => {
    const count = (tallies.get(toHex(of))?.count ?? 0) + 1
    tallies.set(toHex(of), { token: of, count, last })
    expect(map.count(of, last)).toBe(count)
  })
  return { map, tallies: [...tallies.values()] }
}

test('the known answers: the map after each entry', () => {
  const map = new TokenMap()
  const tallies = new Map<string, TokenTally>()
  recordAnswers.events.forEach(({ entry }, seq) => {
    const parsed = parseEntry(encodeUtf8(entry))
    if (parsed.status === 'refused') throw new Error(parsed.reason)
    for (const [hex, n] of parsed.entry.refs) {
      expect(map.count(unhex(hex), seq)).toBe(n)
      tallies.set(hex, { token: unhex(hex), count: n, last: seq })
    }
    expect(toBase64(map.root())).toBe(recordAnswers.heads[seq]?.mapRoot)
    expect(toBase64(mapRoot([...tallies.values()]))).toBe(recordAnswers.heads[seq]?.mapRoot)
  })
  expect(map.size).toBe(recordAnswers.map.length)
  for (const { token: hex, count, last } of recordAnswers.map) expect(map.tally(unhex(hex))).toEqual({ token: unhex(hex), count, last })
})

const LIMIT = { numRuns: 300, interruptAfterTimeLimit: 3000 }

test('counted leaf by leaf it is the map made from scratch, whenever the root is asked for', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (leaves, every) => {
      const { map, tallies } = mapOf(leaves)
      expect(map.root()).toEqual(mapRoot(tallies, runtimeDigests))
      const asked = new TokenMap(runtimeDigests)
      leaves.forEach((of, leaf) => {
        asked.count(of, leaf)
        if (leaf % every === 0) asked.root()
      })
      expect(asked.root()).toEqual(map.root())
    }),
    LIMIT,
  )
})

test('every token is proven counted or absent, and by no proof of the other', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 20 }), fc.array(token, { maxLength: 5 }), (leaves, strangers) => {
      const { map, tallies } = mapOf(leaves)
      for (const tally of tallies) {
        expect(verifyTally(tally.token, map.prove(tally.token), map.root(), runtimeDigests)).toEqual({ status: 'counted', tally })
      }
      for (const stranger of strangers) {
        const counted = tallies.some(({ token: of }) => toHex(of) === toHex(stranger))
        expect(verifyTally(stranger, map.prove(stranger), map.root(), runtimeDigests).status).toBe(counted ? 'counted' : 'absent')
      }
    }),
    LIMIT,
  )
})

describe('a bent proof is refused', () => {
  const random = (seed: number) => runtimeDigests.sha256(Uint8Array.of(seed, seed >>> 8))
  const { map } = mapOf(Array.from({ length: 300 }, (_, i) => random(i % 120)))
  const root = map.root()
  const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at % 32 ? byte ^ (1 << (at % 8)) : byte))
  const other = (proof: TallyProof): TokenTally => proof.end ?? { token: random(1), count: 1, last: 0 }

  const bends: [string, (proof: TallyProof, at: number) => TallyProof][] = [
    ['a bit flipped', (p, at) => ({ ...p, siblings: p.siblings.map((h, i) => (i === at % p.siblings.length ? flip(h, at) : h)) })],
    ['a hash dropped', (p, at) => ({ ...p, siblings: p.siblings.filter((_, i) => i !== at % p.siblings.length) })],
    ['a hash doubled', (p, at) => ({ ...p, siblings: p.siblings.flatMap((h, i) => (i === at % p.siblings.length ? [h, h] : [h])) })],
    ['an empty side added', (p) => ({ ...p, siblings: [...p.siblings, EMPTY_SUBTREE] })],
    ['a hash added', (p, at) => ({ ...p, siblings: [...p.siblings, random(at)] })],
    ['a hash put in front', (p, at) => ({ ...p, siblings: [random(at), ...p.siblings] })],
    ['a hash cut', (p, at) => ({ ...p, siblings: p.siblings.map((h, i) => (i === at % p.siblings.length ? h.subarray(1) : h)) })],
    ['the last dropped', (p) => ({ ...p, siblings: p.siblings.slice(0, -1) })],
    ['emptied', (p) => ({ ...p, siblings: [] })],
    ['one more counted', (p) => ({ ...p, end: { ...other(p), count: other(p).count + 1 } })],
    ['one less counted', (p) => ({ ...p, end: { ...other(p), count: other(p).count - 1 } })],
    ['another last leaf', (p) => ({ ...p, end: { ...other(p), last: other(p).last + 1 } })],
    ['another token at the end', (p, at) => ({ ...p, end: { ...other(p), token: flip(other(p).token, at) } })],
    ['nothing at the end', (p) => ({ ...p, end: p.end === null ? other(p) : null })],
    ['257 hashes', (p) => ({ ...p, siblings: Array.from({ length: 257 }, () => random(0)) })],
  ]

  test.each(bends)('%s', (_name, bend) => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(), (pick, at) => {
        const proof = map.prove(random(pick))
        expect(verifyTally(random(pick), proof, root, runtimeDigests).status).toBe(pick < 120 ? 'counted' : 'absent')
        expect(verifyTally(random(pick), bend(proof, at), root, runtimeDigests).status).toBe('refused')
      }),
      { numRuns: 100, interruptAfterTimeLimit: 3000 },
    )
  })

  test('another token, and another map', () => {
    const proof = map.prove(random(5))
    expect(verifyTally(flip(random(5), 0), proof, root).status).toBe('refused')
    expect(verifyTally(random(5).subarray(1), proof, root).status).toBe('refused')
    expect(verifyTally(random(5), proof, flip(root, 1)).status).toBe('refused')
  })
})

test('leaves are counted in their order, and a token is tallied once', () => {
  const map = new TokenMap()
  map.count(new Uint8Array(32), 3)
  expect(() => map.count(new Uint8Array(32), 3)).toThrow(/expected a leaf behind 3, found 3/)
  const tally = { token: new Uint8Array(32), count: 1, last: 0 }
  expect(() => mapRoot([tally, tally])).toThrow(/each token once/)
  expect(mapRoot([])).toEqual(EMPTY_SUBTREE)
})
