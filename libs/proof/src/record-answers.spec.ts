// biome-ignore lint/style/noRestrictedImports: the runtime's own SHA-256 must give the same answers.
import { createHash, hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { recordAnswers } from '../vectors/record-answers.ts'
import {
  canonicalize,
  commitment,
  type Digests,
  decisionStreamId,
  derivedId,
  digestHmac,
  digestsFrom,
  encodeUtf8,
  entryBytes,
  eventBytes,
  eventKey,
  eventKeyFrom,
  extractBlockKey,
  extractFieldSecret,
  fieldKey,
  fieldKeyFrom,
  isEncryptedField,
  keyCommitment,
  leafHash,
  nobleDigests,
  parseBase64,
  parseEntry,
  parseEventBytes,
  parseHex,
  referenceKey,
  referenceToken,
  toHex,
  tokenedReferences,
} from './index.ts'

const { events, openings, fields, derivedIds } = recordAnswers
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function unhex(hex: string): Uint8Array {
  const bytes = parseHex(hex)
  if (bytes === null) throw new Error(`no hex: ${hex}`)
  return bytes
}

const SHA256_OF: [string, Digests][] = [
  ['in JavaScript', nobleDigests],
  ["on the runtime's SHA-256", digestsFrom((bytes) => createHash('sha256').update(bytes).digest())],
  ["on the runtime's one-shot SHA-256", digestsFrom((bytes) => Buffer.from(hash('sha256', bytes, 'hex'), 'hex'))],
]

describe.each(SHA256_OF)('the known answers, %s', (_name, digests) => {
  test.each(events)('$event.type $event.id: bytes and commitment', ({ event, eventBytes: expected, eventSha256, salt, commit }) => {
    const bytes = eventBytes(event)
    expect(text(bytes)).toBe(expected)
    expect(canonicalize(event)).toBe(expected)
    expect(toHex(digests.sha256(bytes))).toBe(eventSha256)
    expect(commitment(unhex(salt), bytes, digests)).toBe(commit)
    expect(parseEventBytes(bytes)).toEqual({ status: 'parsed', envelope: event })
  })

  test.each(openings)('opening of $ref', ({ ref, rk, token }) => {
    expect(referenceKey(unhex(recordAnswers.indexKey), ref, digests)).toBe(rk)
    expect(referenceToken(rk, ref, digests)).toBe(token)
  })

  test('entries and leaves follow from the events alone', () => {
    const counts = new Map<string, number>()
    let at = ''
    events.forEach(({ event, commit, entry, leaf }, seq) => {
      const tokens = tokenedReferences(event).map((ref) =>
        referenceToken(referenceKey(unhex(recordAnswers.indexKey), ref, digests), ref, digests),
      )
      for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
      at = event.recordedAt > at ? event.recordedAt : at
      const refs = tokens.sort().map((token) => [token, counts.get(token) ?? 0] as const)
      const bytes = entryBytes({ v: 1, seq, at, refs, commit })
      expect(text(bytes)).toBe(entry)
      expect(parseEntry(bytes)).toEqual({ status: 'parsed', entry: { v: 1, seq, at, refs, commit } })
      expect(toHex(leafHash(bytes, digests))).toBe(leaf)
    })
    expect(recordAnswers.map).toEqual(
      [...counts].sort().map(([token, count]) => ({ token, count, last: events.findLastIndex(({ entry }) => entry.includes(token)) })),
    )
  })

  test.each(fields)('keys of $stream $pointer', (field) => {
    const { stream, id, pointer } = field
    const place = { workspace: recordAnswers.workspace, stream, id, pointer }
    const subjectKey = field.subjectKey === null ? null : unhex(field.subjectKey)
    const ofEvent = eventKey(unhex(recordAnswers.blockKey), stream, id, digests)
    expect(toHex(ofEvent)).toBe(field.eventKey)
    expect(eventKeyFrom(extractBlockKey(unhex(recordAnswers.blockKey), digests), stream, id, digests)).toEqual(ofEvent)
    const ofField = fieldKey({ ...place, eventKey: ofEvent, subjectKey }, digests)
    expect(toHex(ofField)).toBe(field.fieldKey)
    expect(fieldKeyFrom(extractFieldSecret(ofEvent, subjectKey, digests), place, digests)).toEqual(ofField)
    if (field.encrypted !== undefined) expect(keyCommitment(ofField, digests)).toBe(field.encrypted.kc)
    if (field.inputSha256 !== undefined) expect(digestHmac(ofField, field.inputSha256, digests)).toBe(field.inputHmac)
  })

  test.each(derivedIds)('derived id $id', ({ domain, parts, id }) => {
    expect(derivedId(domain, parts, digests)).toBe(id)
  })

  test('the stream of a decision', () => {
    expect(events[5]?.event.stream).toBe(
      `${recordAnswers.workspace}.decision-${decisionStreamId('credit-scoring', '2026-03-04', 'dec-000917', digests)}`,
    )
  })
})

test('the encrypted field opens under its key, with its IV, to the value it was sealed from', async () => {
  const field = fields[0]
  expect(isEncryptedField(field?.encrypted)).toBe(true)
  expect(parseBase64(field?.encrypted?.iv ?? '')).toEqual(unhex(field?.iv ?? ''))
  const key = await crypto.subtle.importKey('raw', Buffer.from(field?.fieldKey ?? '', 'hex'), 'AES-GCM', false, ['decrypt'])
  const iv = Buffer.from(field?.iv ?? '', 'hex')
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, Buffer.from(field?.encrypted?.ct ?? '', 'base64'))
  expect(text(new Uint8Array(plain))).toBe(canonicalize(field?.value))
  expect(encodeUtf8(canonicalize(field?.value))).toEqual(new Uint8Array(plain))
})
