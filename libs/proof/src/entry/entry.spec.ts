import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordAnswers } from '../../vectors/record-answers.ts'
import { canonicalBytes } from '../json/canonical-json.ts'
import { type Entry, entryBytes, MAX_ENTRY_LENGTH, parseEntry } from './entry.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const exampleText = recordAnswers.events[1]?.entry as string

const hex32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const entry: fc.Arbitrary<Entry> = fc
  .record({
    v: fc.constant(1 as const),
    seq: fc.integer({ min: 1_000, max: Number.MAX_SAFE_INTEGER - 1 }),
    at: fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }).map((date) => date.toISOString()),
    refs: fc.uniqueArray(fc.tuple(hex32, fc.integer({ min: 1, max: 1_001 })), { maxLength: 129, selector: ([token]) => token }),
    commit: hex32,
  })
  .map((fields) => ({ ...fields, refs: fields.refs.sort(([a], [b]) => (a < b ? -1 : 1)) }))

const LIMIT = { numRuns: 1000, interruptAfterTimeLimit: 3000 }

test('bytes are the RFC 8785 bytes, at most 16 KiB, and read back equal', () => {
  fc.assert(
    fc.property(entry, (value) => {
      const bytes = entryBytes(value)
      expect(bytes).toEqual(canonicalBytes(value))
      expect(bytes.length).toBeLessThanOrEqual(MAX_ENTRY_LENGTH)
      expect(parseEntry(bytes)).toEqual({ status: 'parsed', entry: value })
    }),
    LIMIT,
  )
})

test('bytes bent at one place are another entry or none', () => {
  fc.assert(
    fc.property(entry, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, by) => {
      const bent = entryBytes(value)
      const place = at % bent.length
      bent[place] = (bent[place] as number) ^ by
      const parsed = parseEntry(bent)
      if (parsed.status === 'parsed') expect(entryBytes(parsed.entry)).toEqual(bent)
    }),
    LIMIT,
  )
})

describe('what it would not print is refused', () => {
  const [first, second] = [...exampleText.matchAll(/\["[0-9a-f]{64}",\d+\]/g)].map(([pair]) => pair) as [string, string]
  test.each<[string, (text: string) => string, string]>([
    ['a space', (text) => text.replace(',', ', '), 'another form'],
    ['tokens not sorted', (text) => text.replace(`${first},${second}`, `${second},${first}`), 'another refs'],
    ['a token twice', (text) => text.replace(first, `${first},${first}`), 'another refs'],
    ['a count of 0', (text) => text.replace('",1]', '",0]'), 'another refs'],
    ['a count above the leaves there are', (text) => text.replace('",1]', '",3]'), 'another refs'],
    ['a third item beside token and count', (text) => text.replace('",1]', '",1,1]'), 'another refs'],
    ['a token in capitals', (text) => text.replace(first, first.toUpperCase()), 'another refs'],
    ['a short commitment', (text) => text.replace(/"commit":"../, '"commit":"'), 'another commit'],
    ['a negative seq', (text) => text.replace('"seq":1', '"seq":-1'), 'another seq'],
    ['a seq beyond 2^53', (text) => text.replace('"seq":1', '"seq":9007199254740994'), 'another seq'],
    ['a seq that a double rounds', (text) => text.replace('"seq":1', '"seq":9007199254740993'), 'expected strict JSON'],
    ['another format', (text) => text.replace('"v":1', '"v":2'), 'another v'],
    ['content', (text) => text.replace('"v":1', '"type":"X","v":1'), 'another members'],
    ['an hour 24', (text) => text.replace('T09:', 'T24:'), 'another at'],
    ['17 KiB', (text) => text + ' '.repeat(17 * 1024), 'at most 16384 bytes'],
  ])('%s', (_name, bend, reason) => {
    const bent = bend(exampleText)
    expect(bent).not.toBe(exampleText)
    expect(parseEntry(utf8(bent))).toEqual({ status: 'refused', reason: expect.stringContaining(reason) })
  })
})

test('an entry that is none is never written', () => {
  const value: Entry = { v: 1, seq: 0, at: '2026-01-01T00:00:00.000Z', refs: [], commit: '0'.repeat(64) }
  expect(() => entryBytes({ ...value, commit: 'x' })).toThrow(/another commit/)
  expect(() => entryBytes({ ...value, refs: [['0'.repeat(64), 2]] })).toThrow(/another refs/)
})
