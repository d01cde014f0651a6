import { describe, expect, test } from 'vitest'
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../vectors/runtime-ed25519.ts'
import { parseBase64, toBase64 } from '../bytes/base64.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { checkCosignatures, cosign } from './cosignature.ts'
import { nobleVerifyEd25519 } from './noble-ed25519.ts'
import { signNote } from './sign-note.ts'
import { noteBytes, parseNote, type SignedNote } from './signed-note.ts'
import {
  formatVerifierKey,
  formatWitnessKey,
  parseVerifierKey,
  parseWitnessKey,
  type VerifierKey,
  verifierKey,
  witnessKey,
} from './verifier-key.ts'

const seed = (n: number) => new Uint8Array(32).fill(n)
const witness = (n: number) => ({ key: witnessKey(`witness.example/${n}`, publicKeyOf(seed(n))), sign: signEd25519(seed(n)) })
const log = { key: verifierKey('log.example', publicKeyOf(seed(99))), sign: signEd25519(seed(99)) }
const TEXT = 'log.example\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nannal-map/v1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
const TIME = 1_795_255_200

async function headWith(...witnesses: readonly number[]): Promise<SignedNote> {
  const note = await signNote(TEXT, [log])
  const cosignatures = await Promise.all(witnesses.map((n) => cosign(TEXT, witness(n), TIME + n)))
  return { text: note.text, signatures: [...note.signatures, ...cosignatures] }
}

const check = async (note: SignedNote, keys: readonly VerifierKey[]) => {
  const checked = await checkCosignatures(note, keys, verifyEd25519)
  return checked.status === 'refused' ? checked.reason : checked.cosignatures.map(({ key, time }) => `${key.name} ${time}`)
}

describe('witnesses', () => {
  test('those that are known and have cosigned are counted, with their times', async () => {
    const parsed = parseNote(noteBytes(await headWith(1, 2)))
    if (parsed.status === 'refused') throw new Error(parsed.reason)
    expect(await check(parsed.note, [witness(1).key, witness(2).key, witness(3).key])).toEqual([
      `witness.example/1 ${TIME + 1}`,
      `witness.example/2 ${TIME + 2}`,
    ])
    expect(await check(parsed.note, [witness(2).key])).toEqual([`witness.example/2 ${TIME + 2}`])
    expect(await check(parsed.note, [])).toEqual([])
  })

  test('one that cosigned twice counts once', async () => {
    expect(await check(await headWith(1, 1), [witness(1).key])).toEqual([`witness.example/1 ${TIME + 1}`])
  })

  test('a key of a witness is none of a log, and the other way round', () => {
    const written = formatWitnessKey(witness(1).key)
    expect(parseWitnessKey(written)).toEqual(witness(1).key)
    expect(parseVerifierKey(written)).toBeNull()
    expect(parseWitnessKey(formatVerifierKey(log.key))).toBeNull()
    expect(witnessKey('log.example', log.key.publicKey).id).not.toBe(log.key.id)
  })

  test('a time is seconds since 1970', async () => {
    for (const time of [0, -1, 1.5, Number.NaN, 253_402_300_800, 2 ** 53])
      await expect(cosign(TEXT, witness(1), time)).rejects.toThrow(/POSIX seconds/)
  })
})

describe('a bent cosignature is refused', () => {
  const bends: [string, (signature: Uint8Array, note: SignedNote) => Partial<SignedNote> | Uint8Array][] = [
    ['a bit of the signature', (s) => s.map((byte, i) => (i === 40 ? byte ^ 1 : byte))],
    ['its last byte', (s) => s.map((byte, i) => (i === 71 ? byte ^ 0x10 : byte))],
    ['a second later', (s) => s.map((byte, i) => (i === 7 ? byte + 1 : byte))],
    ['a second earlier', (s) => s.map((byte, i) => (i === 7 ? byte - 1 : byte))],
    ['no time', (s) => s.map((byte, i) => (i < 8 ? 0 : byte))],
    ['a time beyond 2^53', (s) => s.map((byte, i) => (i < 8 ? 0xff : byte))],
    ['without the time', (s) => s.subarray(8)],
    ['a byte more', (s) => Uint8Array.of(...s, 0)],
    ['a byte less', (s) => s.subarray(0, -1)],
    ['nothing but zeros', (s) => new Uint8Array(s.length)],
    ['another text', () => ({ text: TEXT.replace('\n3\n', '\n4\n') })],
    ['another map root', () => ({ text: TEXT.replace('v1 AAAA', 'v1 BAAA') })],
    ['without the extension line', () => ({ text: TEXT.replace(/annal-map.*\n/, '') })],
  ]

  test.each(bends)('%s', async (_name, bend) => {
    const note = await headWith(1)
    const line = note.signatures[1]
    if (line === undefined) throw new Error('expected a cosignature')
    const bent = bend(line.signature, note)
    const changed = bent instanceof Uint8Array ? { ...note, signatures: [{ ...line, signature: bent }] } : { ...note, ...bent }
    expect(await check(changed, [witness(1).key])).toMatch(/expected a cosignature of witness.example\/1\+/)
  })

  test('a time that no instant names, signed by the witness itself', async () => {
    const { key, sign } = witness(1)
    for (const time of [253_402_300_800, 8_640_000_000_001, 2 ** 53 - 1]) {
      const stamp = new Uint8Array(8)
      new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
      const signature = Uint8Array.of(...stamp, ...(await sign(encodeUtf8(`cosignature/v1\ntime ${time}\n${TEXT}`))))
      expect(await check({ text: TEXT, signatures: [{ name: key.name, id: key.id, signature }] }, [key])).toMatch(/expected a cosignature/)
    }
  })

  test("another witness's signature under this one's name, and a log's", async () => {
    const other = await cosign(TEXT, witness(2), TIME)
    const { key } = witness(1)
    for (const { signature } of [other, ...(await headWith()).signatures]) {
      expect(await check({ text: TEXT, signatures: [{ name: key.name, id: key.id, signature }] }, [key])).toMatch(/expected a cosignature/)
    }
  })
})

test('Ed25519 in JavaScript agrees with the runtime, and refuses what RFC 8032 does', async () => {
  const message = encodeUtf8('text')
  const signature = await signEd25519(seed(5))(message)
  const key = publicKeyOf(seed(5))
  expect(nobleVerifyEd25519(key, message, signature)).toBe(true)
  for (let i = 0; i < 64; i++) {
    const bent = signature.map((byte, j) => (i === j ? byte ^ (1 << (i % 8)) : byte))
    expect(nobleVerifyEd25519(key, message, bent)).toBe(false)
  }
  // RFC 8032 §5.1.7: S must be below the group's order. S + L is the same number to who doesn't check.
  const order = parseBase64('7dP1XBpjEljWnPei3vneFAAAAAAAAAAAAAAAAAAAABA=') ?? new Uint8Array(32)
  expect(toBase64(order).length).toBe(44)
  let carry = 0
  const malleable = signature.map((byte, i) => {
    if (i < 32) return byte
    carry += byte + (order[i - 32] ?? 0)
    const sum = carry & 255
    carry >>>= 8
    return sum
  })
  expect(nobleVerifyEd25519(key, message, malleable)).toBe(false)
  expect(nobleVerifyEd25519(new Uint8Array(32), message, signature)).toBe(false)
  expect(nobleVerifyEd25519(key.subarray(1), message, signature)).toBe(false)
  expect(nobleVerifyEd25519(key, message, signature.subarray(1))).toBe(false)
})
