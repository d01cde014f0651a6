// biome-ignore lint/style/noRestrictedImports: the spec reads the document that it checks.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { publicKeyOf, signEd25519 } from '../vectors/runtime-ed25519.ts'
import {
  canonicalBytes,
  canonicalize,
  carriesToken,
  commitment,
  decisionStreamId,
  derivedId,
  digestHmac,
  type EncryptedField,
  type EventEnvelope,
  type EventReference,
  encodeUtf8,
  entryBytes,
  eventBytes,
  eventKey,
  fieldKey,
  formatEventReference,
  formatReference,
  formatStream,
  formatVerifierKey,
  isEncryptedField,
  type JsonValue,
  keyCommitment,
  leafHash,
  MerkleTree,
  mapRoot,
  nobleDigests,
  normaliseInstant,
  noteBytes,
  parseBase64,
  parseEventBytes,
  parseEventReference,
  parseHex,
  parseJson,
  parseReference,
  parseStream,
  type Reference,
  referenceKey,
  referenceToken,
  type StreamName,
  signNote,
  toBase64,
  toHex,
  tokenedReferences,
  treeHeadText,
  verifierKey,
} from './index.ts'

const document = readFileSync(new URL('../../../docs/record-format.md', import.meta.url), 'utf8')
const examples = [...document.matchAll(/^```json example:(\S+)\n(.*?)^```$/gms)].map(([, name = '', json = '']) => ({
  name,
  value: JSON.parse(json),
}))

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function unhex(hex: string): Uint8Array {
  const bytes = parseHex(hex)
  if (bytes === null) throw new Error(`no hex: ${hex}`)
  return bytes
}

interface SealedField {
  readonly blockKey: string
  readonly subjectKey: string | null
  readonly workspace: string
  readonly stream: string
  readonly id: string
  readonly pointer: string
  readonly eventKey: string
  readonly fieldKey: string
}

/** The kinds of example in the document. */
interface Examples {
  readonly canonical: { readonly text: string; readonly canonical: string }
  readonly 'refused-json': readonly { readonly text: string; readonly problem: string }[]
  readonly names: {
    readonly stream: StreamName & { readonly text: string }
    readonly reference: Reference & { readonly text: string }
    readonly eventReference: EventReference & { readonly text: string }
  }
  readonly 'decision-stream': { readonly system: string; readonly decidedOn: string; readonly decisionId: string; readonly id: string }
  readonly 'derived-id': readonly { readonly domain: string; readonly parts: readonly JsonValue[]; readonly id: string }[]
  readonly instants: readonly { readonly text: string; readonly instant?: string; readonly problem?: string }[]
  readonly event: { readonly event: EventEnvelope; readonly eventBytes: string; readonly sha256: string }
  readonly commitment: { readonly eventBytes: string; readonly salt: string; readonly commit: string }
  readonly token: { readonly indexKey: string; readonly ref: string; readonly rk: string; readonly token: string }
  readonly 'no-token': { readonly token: readonly string[]; readonly noToken: readonly string[] }
  readonly entry: {
    readonly event: EventEnvelope
    readonly indexKey: string
    readonly salt: string
    readonly seq: number
    readonly atBefore: string
    readonly countsBefore: Readonly<Record<string, number>>
    readonly entry: string
    readonly leaf: string
  }
  readonly 'encrypted-field': SealedField & { readonly value: JsonValue; readonly encrypted: EncryptedField }
  readonly digest: SealedField & { readonly sha256: string; readonly stored: string }
  readonly map: {
    readonly tokens: readonly { readonly token: string; readonly count: number; readonly last: number }[]
    readonly mapRoot: string
  }
  readonly 'tree-head': {
    readonly origin: string
    readonly leaves: readonly string[]
    readonly root: string
    readonly mapRoot: string
    readonly signingSeed: string
    readonly verifierKey: string
    readonly note: string
  }
}

function checkKeys(field: SealedField): Uint8Array {
  const ofEvent = eventKey(unhex(field.blockKey), field.stream, field.id)
  expect(toHex(ofEvent)).toBe(field.eventKey)
  const key = fieldKey({ ...field, eventKey: ofEvent, subjectKey: field.subjectKey === null ? null : unhex(field.subjectKey) })
  expect(toHex(key)).toBe(field.fieldKey)
  return key
}

/** What makes an example of each kind true. */
const CHECKS: { readonly [Kind in keyof Examples]: (example: Examples[Kind]) => void | Promise<void> } = {
  canonical({ text: input, canonical }) {
    const parsed = parseJson(encodeUtf8(input))
    if (parsed.status === 'refused') throw new Error(parsed.problem)
    expect(canonicalize(parsed.value)).toBe(canonical)
  },
  'refused-json'(cases) {
    for (const { text: input, problem } of cases) expect(parseJson(encodeUtf8(input))).toMatchObject({ status: 'refused', problem })
  },
  names({ stream, reference, eventReference }) {
    const { text: streamText, ...streamParts } = stream
    expect(parseStream(streamText)).toEqual(streamParts)
    expect(formatStream(streamParts)).toBe(streamText)
    const { text: referenceText, ...referenceParts } = reference
    expect(parseReference(referenceText)).toEqual(referenceParts)
    expect(formatReference(referenceParts)).toBe(referenceText)
    const { text: eventReferenceText, ...eventReferenceParts } = eventReference
    expect(parseEventReference(eventReferenceText)).toEqual(eventReferenceParts)
    expect(formatEventReference(eventReferenceParts)).toBe(eventReferenceText)
  },
  'decision-stream'({ system, decidedOn, decisionId, id }) {
    expect(decisionStreamId(system, decidedOn, decisionId)).toBe(id)
  },
  'derived-id'(cases) {
    for (const { domain, parts, id } of cases) expect(derivedId(domain, parts)).toBe(id)
  },
  instants(cases) {
    for (const { text: said, ...outcome } of cases) expect(normaliseInstant(said)).toMatchObject(outcome)
  },
  event({ event, eventBytes: expected, sha256 }) {
    const bytes = eventBytes(event)
    expect(text(bytes)).toBe(expected)
    expect(canonicalBytes(event)).toEqual(bytes)
    expect(parseEventBytes(bytes)).toEqual({ status: 'parsed', envelope: event })
    expect(toHex(nobleDigests.sha256(bytes))).toBe(sha256)
  },
  commitment({ eventBytes: bytes, salt, commit }) {
    expect(commitment(unhex(salt), encodeUtf8(bytes))).toBe(commit)
  },
  token({ indexKey, ref, rk, token }) {
    expect(referenceKey(unhex(indexKey), ref)).toBe(rk)
    expect(referenceToken(rk, ref)).toBe(token)
  },
  'no-token'({ token, noToken }) {
    expect(token.map(carriesToken)).toEqual(token.map(() => true))
    expect(noToken.map(carriesToken)).toEqual(noToken.map(() => false))
  },
  entry({ event, indexKey, salt, seq, atBefore, countsBefore, entry, leaf }) {
    const references = tokenedReferences(event)
    expect(references.toSorted()).toEqual(Object.keys(countsBefore).sort())
    const refs = references.map((ref) => [referenceToken(referenceKey(unhex(indexKey), ref), ref), (countsBefore[ref] ?? 0) + 1] as const)
    refs.sort(([a], [b]) => (a < b ? -1 : 1))
    const at = event.recordedAt > atBefore ? event.recordedAt : atBefore
    const bytes = entryBytes({ v: 1, seq, at, refs, commit: commitment(unhex(salt), eventBytes(event)) })
    expect(text(bytes)).toBe(entry)
    expect(toHex(leafHash(bytes))).toBe(leaf)
  },
  async 'encrypted-field'(field) {
    const key = checkKeys(field)
    const { encrypted, value } = field
    expect(isEncryptedField(encrypted)).toBe(true)
    expect(keyCommitment(key)).toBe(encrypted.kc)
    const imported = await crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['encrypt'])
    const iv = Uint8Array.from(parseBase64(encrypted.iv) ?? [])
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, imported, Uint8Array.from(canonicalBytes(value)))
    expect(new Uint8Array(sealed)).toEqual(parseBase64(encrypted.ct))
  },
  digest(field) {
    expect(digestHmac(checkKeys(field), field.sha256)).toBe(field.stored)
  },
  map({ tokens, mapRoot: expected }) {
    expect(toBase64(mapRoot(tokens.map(({ token, count, last }) => ({ token: unhex(token), count, last }))))).toBe(expected)
  },
  async 'tree-head'({ origin, leaves, root, mapRoot: ofMap, signingSeed, verifierKey: expectedKey, note }) {
    const tree = new MerkleTree()
    for (const leaf of leaves) tree.append(unhex(leaf))
    expect(toBase64(tree.root())).toBe(root)
    const key = verifierKey(origin, publicKeyOf(unhex(signingSeed)))
    expect(formatVerifierKey(key)).toBe(expectedKey)
    const head = { origin, size: leaves.length, root: tree.root(), mapRoot: parseBase64(ofMap) ?? new Uint8Array() }
    const signed = await signNote(treeHeadText(head), [{ key, sign: signEd25519(unhex(signingSeed)) }])
    expect(text(noteBytes(signed))).toBe(note)
  },
}

function isKind(name: string): name is keyof Examples {
  return Object.hasOwn(CHECKS, name)
}

function checkExample<Kind extends keyof Examples>(kind: Kind, example: Examples[Kind]): void | Promise<void> {
  return CHECKS[kind](example)
}

describe('docs/record-format.md', () => {
  test.each(examples)('example: $name', async ({ name, value }) => {
    if (!isKind(name)) throw new Error(`nothing checks the example ${name}`)
    await checkExample(name, value)
  })

  test('has an example of each kind, and no JSON that nothing checks', () => {
    expect(new Set(examples.map(({ name }) => name))).toEqual(new Set(Object.keys(CHECKS)))
    expect(document.match(/^```\S+/gm)).toHaveLength(examples.length)
  })
})
