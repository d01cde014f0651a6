import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordAnswers } from '../../vectors/record-answers.ts'
import { canonicalBytes } from '../json/canonical-json.ts'
import { eventBytes, parseEventBytes } from './event-bytes.ts'
import type { EventEnvelope } from './event-envelope.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const example = recordAnswers.events[4]?.event as EventEnvelope
const exampleText = recordAnswers.events[4]?.eventBytes as string

const id = fc.stringMatching(/^[a-z0-9][a-z0-9._~-]{0,99}$/)
const type = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/)
const workspace = fc.stringMatching(/^ws_[a-z0-9]{1,20}$/)
const instant = fc
  .date({ min: new Date('0000-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const uuid = fc.uuid()
const stream = fc.tuple(workspace, type, id).map(([w, t, i]) => `${w}.${t}-${i}`)
const reference = fc.tuple(type, id, fc.option(id)).map(([t, i, v]) => (v === null ? `${t}:${i}` : `${t}:${i}@${v}`))

const envelope: fc.Arbitrary<EventEnvelope> = fc
  .record({
    v: fc.constant(1 as const),
    id: uuid,
    type: fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,30}$/),
    version: fc.integer({ min: 1, max: 99 }),
    stream,
    streamVersion: fc.maxSafeNat(),
    about: fc.uniqueArray(reference, { maxLength: 8 }).map((references) => references.sort()),
    actor: fc.record({ kind: fc.constantFrom('person' as const, 'service' as const), id }),
    occurredAt: instant,
    recordedAt: instant,
    correlationId: fc.option(id),
    causationId: fc.option(fc.tuple(stream, uuid).map(([s, u]) => `${s}/${u}`)),
    data: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })),
  })
  .map((fields) => ({ ...fields, workspace: fields.stream.slice(0, fields.stream.indexOf('.')) }))

const LIMIT = { numRuns: 2000, interruptAfterTimeLimit: 3000 }

test('the assembled bytes are the RFC 8785 bytes of the whole envelope, and read back equal', () => {
  fc.assert(
    fc.property(envelope, (event) => {
      const bytes = eventBytes(event)
      expect(bytes).toEqual(canonicalBytes(event))
      const parsed = parseEventBytes(bytes)
      expect(parsed.status).toBe('parsed')
      if (parsed.status === 'parsed') expect(canonicalBytes(parsed.envelope)).toEqual(bytes)
    }),
    LIMIT,
  )
})

test('bytes bent at one place are another event or no event, never the same', () => {
  fc.assert(
    fc.property(envelope, fc.nat(), fc.integer({ min: 1, max: 255 }), (event, at, by) => {
      const bytes = eventBytes(event)
      const bent = Uint8Array.from(bytes)
      const place = at % bytes.length
      bent[place] = (bent[place] as number) ^ by
      const parsed = parseEventBytes(bent)
      if (parsed.status === 'parsed') expect(eventBytes(parsed.envelope)).toEqual(bent)
    }),
    LIMIT,
  )
})

describe('what it would not print is refused', () => {
  test.each<[string, (text: string) => string, string]>([
    ['nothing', () => '', 'invalid-json'],
    ['a space', (text) => text.replace(',', ', '), 'another form'],
    ['a line end behind', (text) => `${text}\n`, 'another form'],
    ['members in another order', (text) => text.replace('"v":1,"version":1', '"version":1,"v":1'), 'another form'],
    ['an escape that needn’t be', (text) => text.replace('"type":"A', '"type":"\\u0041'), 'another form'],
    ['a number in another form', (text) => text.replace('"streamVersion":1', '"streamVersion":1.0'), 'another form'],
    ['a member twice', (text) => text.replace('"v":1', '"v":1,"v":1'), 'duplicate-key'],
    ['one member more', (text) => text.replace('"v":1', '"u":1,"v":1'), 'another members'],
    ['one member less', (text) => text.replace('"correlationId":null,', ''), 'another members'],
    ['another format', (text) => text.replace('"v":1', '"v":2'), 'another v'],
    ['an id in capitals', (text) => text.replace('"id":"0192f3c4', '"id":"0192F3C4'), 'another id'],
    ['a type in lower case', (text) => text.replace('ApprovalGiven', 'approvalGiven'), 'another type'],
    ['version 0', (text) => text.replace('"version":1', '"version":0'), 'another version'],
    ['another workspace', (text) => text.replace('"workspace":"ws_k', '"workspace":"ws_x'), 'another workspace'],
    ['a stream without a type', (text) => text.replace('.approval-cs-release-7","', '.approval","'), 'another stream'],
    ['a negative stream version', (text) => text.replace('"streamVersion":1', '"streamVersion":-1'), 'another streamVersion'],
    ['references not sorted', (text) => text.replace('["aisystem:', '["zisystem:'), 'another about'],
    ['a reference twice', (text) => text.replace('["aisystem', '["aisystem:credit-scoring","aisystem'), 'another about'],
    ['an actor of another kind', (text) => text.replace('"kind":"person"', '"kind":"robot"'), 'another actor'],
    ['a time without milliseconds', (text) => text.replace('12:00:00.000Z', '12:00:00Z'), 'another occurredAt'],
    ['a day that was not', (text) => text.replace('"recordedAt":"2026-03-03', '"recordedAt":"2026-02-29'), 'another recordedAt'],
    ['a cause that is no event', (text) => text.replace('/0192f3c4-0000-7000-8000-00000000000a', ''), 'another causationId'],
    ['data that is a list', (text) => text.replace(/"data":\{"reason":\{.*?\}\}/, '"data":[]'), 'another data'],
    ['a byte order mark', (text) => `\ufeff${text}`, 'invalid-json'],
  ])('%s', (_name, bend, reason) => {
    const bent = bend(exampleText)
    expect(bent).not.toBe(exampleText)
    expect(parseEventBytes(utf8(bent))).toEqual({ status: 'refused', reason: expect.stringContaining(reason) })
  })

  test('bytes that are no UTF-8', () => {
    const parsed = parseEventBytes(Uint8Array.of(0x7b, 0xff, 0x7d))
    expect(parsed).toEqual({ status: 'refused', reason: 'expected UTF-8, found other bytes at 1' })
  })
})

test('data nests as deep as it can be read, and no deeper', () => {
  const nested = (levels: number) => ({ ...example, data: JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) })
  expect(parseEventBytes(eventBytes(nested(127))).status).toBe('parsed')
  expect(() => eventBytes(nested(128))).toThrow(/at most 128 levels/)
})

test.each<[string, object]>([
  ['an instant in another form', { occurredAt: '2026-03-03T12:00:00Z' }],
  ['a lone surrogate in data', { data: { a: '\ud800' } }],
  ['an undefined in data', { data: { a: undefined } }],
  ['more than 128 references', { about: Array.from({ length: 129 }, (_, i) => `model:m${1000 + i}`) }],
  ['a correlation id with a quote', { correlationId: 'a"b' }],
])('an event with %s is never written', (_name, change) => {
  expect(() => eventBytes({ ...example, ...change })).toThrow(/expected/)
})
