import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vectorsAreThere, vectorText } from '../../vectors/published-vectors.ts'
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../vectors/runtime-ed25519.ts'
import { parseBase64 } from '../bytes/base64.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import type { VerifyEd25519 } from './ed25519.ts'
import { type OpenedNote, openNote } from './open-note.ts'
import { signNote } from './sign-note.ts'
import { noteBytes, parseNote, type SignedNote } from './signed-note.ts'
import { formatVerifierKey, keyIdHex, parseVerifierKey, type VerifierKey, verifierKey } from './verifier-key.ts'

const seed = (n: number) => new Uint8Array(32).fill(n)
const signer = (name: string, n: number) => ({ key: verifierKey(name, publicKeyOf(seed(n))), sign: signEd25519(seed(n)) })
const webCrypto: VerifyEd25519 = async (publicKey, message, signature) => {
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message))
}

async function open(bytes: Uint8Array, keys: readonly VerifierKey[], verify: VerifyEd25519): Promise<OpenedNote | 'malformed'> {
  const parsed = parseNote(bytes)
  return parsed.status === 'refused' ? 'malformed' : openNote(parsed.note, keys, verify)
}

interface PublishedNote {
  readonly name: string
  readonly note_base64: string
  readonly vkeys: string[]
  readonly want: 'ok' | 'unverified' | 'malformed' | 'invalid-signature'
  readonly verified: string[]
  readonly unverified: string[]
}

describe.skipIf(!vectorsAreThere)('published notes', () => {
  const published: { cases: PublishedNote[]; bad_vkeys: string[]; good_vkeys: string[] } = vectorsAreThere
    ? JSON.parse(vectorText('signed-note/notes.json'))
    : { cases: [], bad_vkeys: [], good_vkeys: [] }
  const key = (vkey: string) => parseVerifierKey(vkey) as VerifierKey

  describe.each([
    ['Node', verifyEd25519],
    ['WebCrypto', webCrypto],
  ])('with Ed25519 of %s', (_name, verify) => {
    test.each(published.cases)('$name: $want', async (it) => {
      const bytes = parseBase64(it.note_base64) as Uint8Array
      const opened = await open(bytes, it.vkeys.map(key), verify)
      if (opened === 'malformed') return expect(it.want).toBe('malformed')
      if (opened.status === 'refused') return expect(opened.problem).toBe(it.want === 'unverified' ? 'unknown-keys' : it.want)
      expect(it.want).toBe('ok')
      expect(opened.verified.map(({ name, id }) => `${name}+${keyIdHex(id)}`)).toEqual(it.verified)
      expect(opened.ignored.map(({ name, id }) => `${name}+${keyIdHex(id)}`)).toEqual(it.unverified)
      const parsed = parseNote(bytes)
      if (parsed.status === 'parsed') expect(noteBytes(parsed.note)).toEqual(bytes)
    })
  })

  test.each(published.good_vkeys)('good key: %s', (vkey) => {
    expect(formatVerifierKey(key(vkey))).toBe(vkey)
    for (let start = 0; start < vkey.length; start++) {
      for (let end = start; end <= vkey.length; end++) {
        if (end - start < vkey.length) expect(parseVerifierKey(vkey.slice(start, end))).toBeNull()
      }
    }
    for (let at = 0; at < vkey.length; at++) {
      const bent = vkey.slice(0, at) + String.fromCharCode(vkey.charCodeAt(at) + 1) + vkey.slice(at + 1)
      expect(parseVerifierKey(bent)).toBeNull()
    }
  })

  test.each(published.bad_vkeys)('bad key: %s', (vkey) => {
    expect(parseVerifierKey(vkey)).toBeNull()
  })
})

const name = fc.stringMatching(/^[a-z0-9./é-]{1,20}$/u)
const noteText = fc
  .array(fc.string({ unit: 'grapheme' }).filter((line) => parseNote(encodeUtf8(`${line}\n\n— a AAAAAAA=\n`)).status === 'parsed'))
  .map((lines) => `${lines.join('\n')}\n`)

test('what is signed opens under each signer’s key, and under no other', async () => {
  await fc.assert(
    fc.asyncProperty(noteText, name, name, async (said, first, second) => {
      const signers = [signer(first, 1), signer(second, 2)]
      const note = await signNote(said, signers)
      const parsed = parseNote(noteBytes(note))
      expect(parsed).toEqual({ status: 'parsed', note })
      for (const { key } of signers)
        expect(await openNote(note, [key], verifyEd25519)).toMatchObject({ status: 'opened', text: said, verified: [key] })
      expect(await openNote(note, [signer(first, 3).key], verifyEd25519)).toMatchObject({ status: 'refused', problem: 'unknown-keys' })
    }),
    { numRuns: 100, interruptAfterTimeLimit: 3000 },
  )
})

test('one byte bent anywhere, and it doesn’t open', async () => {
  const trusted = signer('example.com/log', 1)
  const bytes = noteBytes(await signNote('example.com/log\n12\nAAAA\n', [trusted]))
  for (let at = 0; at < bytes.length; at++) {
    for (const by of [0x01, 0x20, 0x80]) {
      const bent = bytes.map((byte, i) => (i === at ? byte ^ by : byte))
      const opened = await open(bent, [trusted.key], verifyEd25519)
      expect(opened === 'malformed' ? opened : opened.status).not.toBe('opened')
    }
  }
})

describe('what would not be printed is refused', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['no empty line', 'a\n— a AAAAAAA=\n'],
    ['no signature', 'a\n\n'],
    ['a hyphen for a dash', 'a\n\n- a AAAAAAA=\n'],
    ['two spaces', 'a\n\n—  a AAAAAAA=\n'],
    ['a space behind', 'a\n\n— a AAAAAAA= \n'],
    ['no name', 'a\n\n—  AAAAAAA=\n'],
    ['a plus in the name', 'a\n\n— a+b AAAAAAA=\n'],
    ['a no-break space in the name', 'a\n\n— a\u00a0b AAAAAAA=\n'],
    ['a key id alone', 'a\n\n— a AAAAAA==\n'],
    ['missing padding', 'a\n\n— a AAAAAAA\n'],
    ['stray bits', 'a\n\n— a AAAAAAB=\n'],
    ['a carriage return', 'a\r\n\r\n— a AAAAAAA=\r\n'],
    ['a tab', 'a\tb\n\n— a AAAAAAA=\n'],
    ['no line end', 'a\n\n— a AAAAAAA='],
    ['an empty line behind', 'a\n\n— a AAAAAAA=\n\n'],
  ])('%s', (_name, note) => {
    expect(parseNote(encodeUtf8(note)).status).toBe('refused')
  })

  test.each<[string, SignedNote]>([
    ['no signature', { text: 'a\n', signatures: [] }],
    ['a text without line end', { text: 'a', signatures: [{ name: 'a', id: 0, signature: Uint8Array.of(1) }] }],
    ['an empty text', { text: '', signatures: [{ name: 'a', id: 0, signature: Uint8Array.of(1) }] }],
    ['an empty signature', { text: 'a\n', signatures: [{ name: 'a', id: 0, signature: new Uint8Array(0) }] }],
    ['a name of two lines', { text: 'a\n', signatures: [{ name: 'a\n\nb', id: 0, signature: Uint8Array.of(1) }] }],
  ])('%s is never written', (_name, note) => {
    expect(() => noteBytes(note)).toThrow(/expected/)
  })

  test('the text ends at the last empty line', () => {
    const parsed = parseNote(encodeUtf8('a\n\n— a AAAAAAA=\n\n— a AAAAAAA=\n'))
    expect(parsed).toMatchObject({ note: { text: 'a\n\n— a AAAAAAA=\n', signatures: [{ name: 'a', id: 0 }] } })
  })
})

test('keys that can’t be told apart are refused, names that can’t be written too', async () => {
  const { key } = signer('a', 1)
  const note = await signNote('a\n', [signer('a', 1)])
  await expect(openNote(note, [key, { ...key }], verifyEd25519)).rejects.toThrow(/expected one key/)
  expect(() => verifierKey('a b', publicKeyOf(seed(1)))).toThrow(/expected a name/)
  expect(() => verifierKey('a', seed(1).subarray(1))).toThrow(/expected 32 bytes/)
})
