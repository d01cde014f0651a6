import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vectorFiles, vectorsAreThere, vectorText } from '../../vectors/published-vectors.ts'
import { recordAnswers } from '../../vectors/record-answers.ts'
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../vectors/runtime-ed25519.ts'
import { toBase64 } from '../bytes/base64.ts'
import { parseHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { parseEntry } from '../entry/entry.ts'
import { TokenMap } from '../map/token-map.ts'
import { leafHash } from '../tree/leaf-hash.ts'
import { MerkleTree } from '../tree/merkle-tree.ts'
import { proveInclusion } from '../tree/prove-inclusion.ts'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'
import { openNote } from './open-note.ts'
import { signNote } from './sign-note.ts'
import { noteBytes, parseNote } from './signed-note.ts'
import { parseTlogProof, tlogProofText } from './tlog-proof.ts'
import { parseTreeHead, type TreeHead, treeHeadText } from './tree-head.ts'
import { formatVerifierKey, parseVerifierKey, type VerifierKey, verifierKey } from './verifier-key.ts'
import { verifyTlogProof } from './verify-tlog-proof.ts'

const unhex = (hex: string) => parseHex(hex) as Uint8Array
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

interface PublishedBody {
  readonly name: string
  readonly body: string
  readonly ok: boolean
  readonly origin: string | null
  readonly size: string | null
}

interface PublishedProofs {
  readonly valid: {
    readonly name: string
    readonly text: string
    readonly index: number
    readonly hashes: string[]
    readonly extra?: string
  }[]
  readonly invalid: { readonly name: string; readonly text: string }[]
}

describe.skipIf(!vectorsAreThere)('published checkpoints and proofs', () => {
  const bodies: PublishedBody[] = vectorsAreThere ? JSON.parse(vectorText('signed-note/checkpoint-bodies.json')) : []
  test.each(bodies)('checkpoint: $name', ({ body, ok, origin, size }) => {
    const parsed = parseCheckpoint(body)
    expect(parsed.status).toBe(ok ? 'parsed' : 'refused')
    if (parsed.status === 'refused') return
    expect([parsed.checkpoint.origin, String(parsed.checkpoint.size)]).toEqual([origin, size])
    expect(checkpointText(parsed.checkpoint)).toBe(body)
  })

  const proofs: PublishedProofs = vectorsAreThere ? JSON.parse(vectorText('tlog-proof/parse.json')) : { valid: [], invalid: [] }
  test.each(proofs.valid)('proof: $name', ({ text: written, index, hashes, extra }) => {
    const parsed = parseTlogProof(written)
    if (parsed.status === 'refused') throw new Error(parsed.reason)
    expect(parsed.proof.index).toBe(index)
    expect(parsed.proof.hashes.map(toBase64)).toEqual(hashes)
    expect(parsed.proof.extra === null ? undefined : toBase64(parsed.proof.extra)).toBe(extra)
    expect(tlogProofText(parsed.proof)).toBe(written)
  })
  test.each(proofs.invalid)('no proof: $name', ({ text: written }) => {
    expect(parseTlogProof(written).status).toBe('refused')
  })

  test('all checkpoints of the published log are signed by its key', async () => {
    const key = parseVerifierKey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx') as VerifierKey
    const files = vectorFiles('tessera-tlog-tiles/testdata/log').filter((path) => path.includes('/checkpoint'))
    expect(files).toHaveLength(17)
    for (const file of files) {
      const parsed = parseNote(encodeUtf8(vectorText(file)))
      if (parsed.status === 'refused') throw new Error(parsed.reason)
      const opened = await openNote(parsed.note, [key], verifyEd25519)
      expect(opened).toMatchObject({ status: 'opened', verified: [key], ignored: [] })
      expect(parseCheckpoint(parsed.note.text)).toMatchObject({ checkpoint: { origin: 'example.com/log/testdata', extensions: [] } })
    }
  })
})

describe('the known answers: a signed head for each size', () => {
  const key = verifierKey(recordAnswers.origin, publicKeyOf(unhex(recordAnswers.signingSeed)))
  const signer = { key, sign: signEd25519(unhex(recordAnswers.signingSeed)) }
  const tree = new MerkleTree()
  const map = new TokenMap()

  test('verifier key', () => {
    expect(formatVerifierKey(key)).toBe(recordAnswers.verifierKey)
  })

  test('heads from entries alone, and proofs of each leaf under the last', async () => {
    for (const [seq, { entry }] of recordAnswers.events.entries()) {
      const parsed = parseEntry(encodeUtf8(entry))
      if (parsed.status === 'refused') throw new Error(parsed.reason)
      tree.append(leafHash(encodeUtf8(entry)))
      for (const [token] of parsed.entry.refs) map.count(unhex(token), seq)
      const head: TreeHead = { origin: recordAnswers.origin, size: tree.size, root: tree.root(), mapRoot: map.root() }
      const note = await signNote(treeHeadText(head), [signer])
      const answer = recordAnswers.heads[seq]
      expect([tree.size, toBase64(tree.root()), toBase64(map.root())]).toEqual([answer?.size, answer?.root, answer?.mapRoot])
      expect(text(noteBytes(note))).toBe(answer?.note)
      expect(parseTreeHead(note.text)).toEqual({ status: 'parsed', head })
    }
    const checkpoint = recordAnswers.heads.at(-1)?.note ?? ''
    const log = { origin: recordAnswers.origin, keys: [key], verify: verifyEd25519 }
    for (const [index, { leaf }] of recordAnswers.events.entries()) {
      const written = tlogProofText({ extra: null, index, hashes: proveInclusion(index, tree.size, tree.node), checkpoint })
      const parsed = parseTlogProof(written)
      if (parsed.status === 'refused') throw new Error(parsed.reason)
      expect(await verifyTlogProof(parsed.proof, unhex(leaf), log)).toEqual({ status: 'verified' })
      expect((await verifyTlogProof({ ...parsed.proof, index: (index + 1) % 7 }, unhex(leaf), log)).status).toBe('refused')
      expect((await verifyTlogProof(parsed.proof, unhex(leaf), { ...log, origin: 'elsewhere' })).status).toBe('refused')
      expect((await verifyTlogProof(parsed.proof, unhex(leaf), { ...log, keys: [] })).status).toBe('refused')
    }
  })

  test('one byte bent anywhere in a proof, and it proves nothing', async () => {
    const log = { origin: recordAnswers.origin, keys: [key], verify: verifyEd25519 }
    const leaf = unhex(recordAnswers.events[2]?.leaf ?? '')
    const checkpoint = recordAnswers.heads.at(-1)?.note ?? ''
    const bytes = encodeUtf8(tlogProofText({ extra: null, index: 2, hashes: proveInclusion(2, 7, tree.node), checkpoint }))
    for (let at = 0; at < bytes.length; at++) {
      const bent = bytes.map((byte, i) => (i === at ? byte ^ 0x01 : byte))
      const parsed = parseTlogProof(text(bent))
      if (parsed.status === 'parsed') expect((await verifyTlogProof(parsed.proof, leaf, log)).status).toBe('refused')
    }
  })
})

const root = toBase64(new Uint8Array(32))

describe('what would not be printed is refused', () => {
  test.each<[string, string]>([
    ['a leading zero', `log\n01\n${root}\n`],
    ['a plus sign', `log\n+1\n${root}\n`],
    ['a size beyond 2^53', `log\n9007199254740992\n${root}\n`],
    ['an exponent', `log\n1e3\n${root}\n`],
    ['a root without padding', `log\n1\n${root.slice(0, -1)}\n`],
    ['an empty root', 'log\n1\n\n'],
    ['an empty extension line', `log\n1\n${root}\n\n`],
    ['a carriage return', `log\r\n1\r\n${root}\r\n`],
  ])('no checkpoint: %s', (_name, body) => {
    expect(parseCheckpoint(body).status).toBe('refused')
  })

  test.each<[string, string]>([
    ['no map', `log\n1\n${root}\n`],
    ['a map of another version', `log\n1\n${root}\nannal-map/v2 ${root}\n`],
    ['a map behind another line', `log\n1\n${root}\nmore\nannal-map/v1 ${root}\n`],
    ['a line behind the map', `log\n1\n${root}\nannal-map/v1 ${root}\nmore\n`],
    ['two spaces', `log\n1\n${root}\nannal-map/v1  ${root}\n`],
    ['a short map root', `log\n1\n${root}\nannal-map/v1 AAAA\n`],
    ['a short root', `log\n1\nAAAA\nannal-map/v1 ${root}\n`],
  ])('no tree head: %s', (_name, body) => {
    expect(parseTreeHead(body).status).toBe('refused')
  })

  test.each<[string, string]>([
    ['empty extra data', 'c2sp.org/tlog-proof@v1\nextra \nindex 0\n\na\n'],
    ['extra data twice', 'c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 0\n\na\n'],
    ['a leading zero', 'c2sp.org/tlog-proof@v1\nindex 00\n\na\n'],
    ['an index beyond 2^53', 'c2sp.org/tlog-proof@v1\nindex 9007199254740992\n\na\n'],
    ['54 hashes', `c2sp.org/tlog-proof@v1\nindex 0\n${`${root}\n`.repeat(54)}\na\n`],
    ['no checkpoint', 'c2sp.org/tlog-proof@v1\nindex 0\n\n'],
    ['a carriage return', 'c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\na\r\n'],
  ])('no proof: %s', (_name, written) => {
    expect(parseTlogProof(written).status).toBe('refused')
  })

  test('what is no checkpoint, head or proof is never written', () => {
    const bytes = new Uint8Array(32)
    expect(() => checkpointText({ origin: 'a\nb', size: 0, root: bytes, extensions: [] })).toThrow(/expected a checkpoint/)
    expect(() => checkpointText({ origin: 'a', size: -1, root: bytes, extensions: [] })).toThrow(/expected a checkpoint/)
    expect(() => treeHeadText({ origin: 'a', size: 0, root: bytes, mapRoot: bytes.subarray(1) })).toThrow(/expected roots/)
    expect(() => tlogProofText({ extra: null, index: -1, hashes: [], checkpoint: 'a\n' })).toThrow(/expected an index/)
  })
})

test('checkpoints and proofs read back equal', () => {
  const line = fc.stringMatching(/^[ -~é€]{1,30}$/u)
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(
      line,
      fc.maxSafeNat(),
      hash,
      fc.array(line, { maxLength: 3 }),
      fc.array(hash, { maxLength: 53 }),
      (origin, size, of, extensions, hashes) => {
        const checkpoint = { origin, size, root: of, extensions }
        const written = checkpointText(checkpoint)
        expect(parseCheckpoint(written)).toEqual({ status: 'parsed', checkpoint })
        const proof = { extra: size % 2 === 0 ? null : of, index: size, hashes, checkpoint: written }
        expect(parseTlogProof(tlogProofText(proof))).toEqual({ status: 'parsed', proof })
      },
    ),
    { numRuns: 300, interruptAfterTimeLimit: 3000 },
  )
})
