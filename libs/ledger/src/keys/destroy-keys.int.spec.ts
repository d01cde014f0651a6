import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SealedPath } from '../append/event-draft.ts'
import { type RecordedEvent, StoreUnavailable } from '../event-store.ts'
import { digest, draftOf, encrypted, eventId, record, STREAM, WORKSPACE } from './example-events.ts'
import type { FieldRedaction, KeyReader, KeyStore } from './key-store.ts'
import { openEvent } from './open-event.ts'
import { openKeyStore } from './open-key-store.ts'
import { sameContent } from './same-content.ts'

let folder: string
let file: string
let masterKey: KeyObject
let keys: KeyStore
let reader: KeyReader

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-keys-'))
  file = join(folder, 'keys.db')
  masterKey = createSecretKey(randomBytes(32))
  keys = openKeyStore({ file, masterKey, mode: 'write' })
  reader = openKeyStore({ file, masterKey, mode: 'read' })
})

afterEach(() => {
  reader.close()
  keys.close()
  rmSync(folder, { recursive: true })
})

const SHA = 'ab'.repeat(32)

/** An event with two fields of nobody, one of the subject and a digest of the subject's. */
function sealedPaths(subject: string): SealedPath[] {
  return [encrypted('/reason'), encrypted('/note'), encrypted('/person/name', subject), digest('/inputHmac', subject)]
}

function recordOne(n: number, subject: string): RecordedEvent {
  return record(draftFor(n, subject), n, keys)
}

function draftFor(n: number, subject: string) {
  return draftOf({ reason: `reason ${n}`, note: `note ${n}`, person: { name: `name ${n}` }, inputHmac: SHA }, sealedPaths(subject), n)
}

function redactionOf(event: RecordedEvent, pointer: string, stored: readonly RecordedEvent[], subject: string): FieldRedaction {
  const { stream, streamVersion, id } = event
  const block = Math.floor(streamVersion / 256)
  const blockEvents = stored.filter((other) => Math.floor(other.streamVersion / 256) === block).map((other) => other.id)
  return { event: { workspace: WORKSPACE, stream, streamVersion, id }, pointer, fields: sealedPaths(subject), blockEvents }
}

const gone = { erased: true }

describe('redacting one field', () => {
  test('takes that field and leaves its siblings and all other events readable, for every reader', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = Array.from({ length: 20 }, (_, n) => recordOne(n, subject))
    const [, , , redacted] = stored
    if (redacted === undefined) throw new Error('expected four events')
    expect(openEvent(redacted, reader).data).toMatchObject({ reason: 'reason 3' })

    expect(keys.redactField(redactionOf(redacted, '/reason', stored, subject))).toEqual({ status: 'destroyed' })

    for (const open of [() => keys, () => reader, reopened]) {
      const who = open()
      for (const [n, event] of stored.entries()) {
        const expected = { reason: n === 3 ? gone : `reason ${n}`, note: `note ${n}`, person: { name: `name ${n}` } }
        expect(openEvent(event, who).data).toMatchObject(expected)
      }
    }
    expect(openEvent(redacted, reader).sealed.map(({ pointer, readable }) => [pointer, readable])).toEqual([
      ['/inputHmac', false],
      ['/note', true],
      ['/person/name', true],
      ['/reason', false],
    ])
  })

  test('leaves the digests of the event comparable', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [recordOne(0, subject)]
    const [event] = stored
    if (event === undefined) throw new Error('expected an event')
    keys.redactField(redactionOf(event, '/reason', stored, subject))
    expect(keys.keptFieldKey(STREAM, event.id, '/inputHmac')).not.toBeNull()
    expect(sameContent(draftFor(0, subject), event, keys)).toBe('erased')
    const other = draftFor(0, subject)
    expect(sameContent({ ...other, data: { ...other.data, inputHmac: 'cd'.repeat(32) } }, event, keys)).toBe('different')
  })

  test('lets the block go on: later events get a new key, earlier ones keep theirs', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [0, 1, 2].map((n) => recordOne(n, subject))
    keys.redactField(redactionOf(stored[1] as RecordedEvent, '/reason', stored, subject))
    stored.push(recordOne(3, subject), recordOne(4, subject))
    for (const [n, event] of stored.entries()) expect(openEvent(event, reader).data.reason).toEqual(n === 1 ? gone : `reason ${n}`)

    keys.redactField(redactionOf(stored[4] as RecordedEvent, '/note', stored, subject))
    keys.redactField(redactionOf(stored[0] as RecordedEvent, '/note', stored, subject))
    keys.redactField(redactionOf(stored[1] as RecordedEvent, '/note', stored, subject))
    stored.push(recordOne(5, subject))
    const reasons = stored.map((event) => openEvent(event, reopened()).data.reason)
    const notes = stored.map((event) => openEvent(event, reader).data.note)
    expect(reasons).toEqual(['reason 0', gone, 'reason 2', 'reason 3', 'reason 4', 'reason 5'])
    expect(notes).toEqual([gone, gone, 'note 2', 'note 3', gone, 'note 5'])
  })

  test('refuses to seal at a version whose keys were kept one by one', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [0, 1, 2].map((n) => recordOne(n, subject))
    keys.redactField(redactionOf(stored[1] as RecordedEvent, '/reason', stored, subject))
    keys.eventKeyForSealing(STREAM, 3, eventId(3))
    expect(() => keys.eventKeyForSealing(STREAM, 2, eventId(9))).toThrow(/expected a version from 3 on/)
  })

  test('of a full block leaves the next block alone', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = Array.from({ length: 260 }, (_, n) => recordOne(n, subject))
    keys.redactField(redactionOf(stored[255] as RecordedEvent, '/reason', stored, subject))
    const reasons = stored.map((event) => openEvent(event, reader).data.reason)
    expect(reasons.filter((reason) => typeof reason === 'object')).toHaveLength(1)
    expect(reasons[255]).toEqual(gone)
    expect(() => keys.eventKeyForSealing(STREAM, 255, eventId(255))).toThrow(/expected room in block 0/)
  })

  test('again changes nothing', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [0, 1].map((n) => recordOne(n, subject))
    const redaction = redactionOf(stored[0] as RecordedEvent, '/reason', stored, subject)
    keys.redactField(redaction)
    stored.push(recordOne(2, subject))
    expect(keys.redactField(redactionOf(stored[0] as RecordedEvent, '/reason', stored, subject))).toEqual({ status: 'nothing-left' })
    expect(stored.map((event) => openEvent(event, reader).data.reason)).toEqual([gone, 'reason 1', 'reason 2'])
  })

  test('demands to be told the truth about block and event', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [0, 1].map((n) => recordOne(n, subject))
    const redaction = redactionOf(stored[0] as RecordedEvent, '/reason', stored, subject)
    expect(() => keys.redactField({ ...redaction, blockEvents: [eventId(1), eventId(0)] })).toThrow(/expected event .* at version 0/)
    expect(() => keys.redactField({ ...redaction, pointer: '/absent' })).toThrow(/expected \/absent among the sealed fields/)
    const tooMany = [eventId(0), ...Array.from({ length: 256 }, (_, n) => eventId(n + 1))]
    expect(() => keys.redactField({ ...redaction, blockEvents: tooMany })).toThrow(/at most 256/)
    expect(stored.map((event) => openEvent(event, reader).data.reason)).toEqual(['reason 0', 'reason 1'])
  })
})

describe('erasing a data subject', () => {
  test('takes every field of it and nothing else, and is told from "unknown"', () => {
    const [ada, bob] = ['ada', 'bob'].map((reference) => keys.subjectFor(WORKSPACE, reference)) as [string, string]
    const stored = [recordOne(0, ada), recordOne(1, bob)]
    expect(stored.map((event) => openEvent(event, reader).data.person)).toEqual([{ name: 'name 0' }, { name: 'name 1' }])
    expect(keys.destroySubject(WORKSPACE, ada)).toEqual({ status: 'destroyed' })
    for (const open of [() => keys, () => reader, reopened]) {
      const who = open()
      expect(stored.map((event) => openEvent(event, who).data.person)).toEqual([{ name: gone }, { name: 'name 1' }])
      expect(stored.map((event) => openEvent(event, who).data.reason)).toEqual(['reason 0', 'reason 1'])
      expect(who.subjectErased(WORKSPACE, ada)).toBe(true)
      expect(who.subjectErased(WORKSPACE, bob)).toBe(false)
    }
    expect(keys.destroySubject(WORKSPACE, ada)).toEqual({ status: 'nothing-left' })
    expect(keys.destroySubject(WORKSPACE, 'sub_unknown')).toEqual({ status: 'nothing-left' })
    expect(keys.subjectErased(WORKSPACE, 'sub_unknown')).toBe(false)
  })

  test('takes the keys of its fields that a redaction had kept', () => {
    const ada = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [recordOne(0, ada)]
    keys.redactField(redactionOf(stored[0] as RecordedEvent, '/reason', stored, ada))
    keys.destroySubject(WORKSPACE, ada)
    expect(openEvent(stored[0] as RecordedEvent, reader).data).toMatchObject({ reason: gone, note: 'note 0', person: { name: gone } })
    expect(keys.keptFieldKey(STREAM, eventId(0), '/inputHmac')).toBeNull()
  })

  test('before a redaction stays, whatever the redaction keeps', () => {
    const ada = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [recordOne(0, ada)]
    keys.destroySubject(WORKSPACE, ada)
    keys.redactField(redactionOf(stored[0] as RecordedEvent, '/reason', stored, ada))
    expect(openEvent(stored[0] as RecordedEvent, reader).data).toMatchObject({ reason: gone, note: 'note 0', person: { name: gone } })
  })

  test('frees the reference: it means somebody new from then on', () => {
    const ada = keys.subjectFor(WORKSPACE, 'ada')
    keys.destroySubject(WORKSPACE, ada)
    const again = keys.subjectFor(WORKSPACE, 'ada')
    expect(again).not.toBe(ada)
    expect(keys.subjectKey(WORKSPACE, again)).not.toBeNull()
    expect(keys.subjectKey(WORKSPACE, ada)).toBeNull()
  })
})

describe('expiring payloads', () => {
  test('takes all fields of these events, also redacted ones, and none of others', () => {
    const ada = keys.subjectFor(WORKSPACE, 'ada')
    const stored = Array.from({ length: 300 }, (_, n) => recordOne(n, ada))
    keys.redactField(redactionOf(stored[2] as RecordedEvent, '/reason', stored, ada))
    const ids = stored.map((event) => event.id)
    const expiries = [
      { stream: STREAM, block: 0, events: [eventId(1), eventId(2)], blockEvents: ids.slice(0, 256) },
      { stream: STREAM, block: 1, events: [eventId(256)], blockEvents: ids.slice(256) },
    ]
    expect(keys.expirePayloads(expiries)).toEqual({ status: 'destroyed' })
    stored.push(recordOne(300, ada))
    for (const [n, event] of stored.entries()) {
      const expired = [1, 2, 256].includes(n)
      const expected = {
        reason: expired ? gone : `reason ${n}`,
        note: expired ? gone : `note ${n}`,
        person: { name: expired ? gone : `name ${n}` },
      }
      expect(openEvent(event, reader).data).toMatchObject(expected)
    }
    expect(keys.expirePayloads(expiries)).toEqual({ status: 'nothing-left' })
    expect(openEvent(stored[300] as RecordedEvent, reader).data.reason).toBe('reason 300')
  })

  test('of a whole block keeps nothing', () => {
    const ada = keys.subjectFor(WORKSPACE, 'ada')
    const stored = [0, 1].map((n) => recordOne(n, ada))
    const ids = stored.map((event) => event.id)
    keys.expirePayloads([{ stream: STREAM, block: 0, events: ids, blockEvents: ids }])
    expect(keys.eventKey(STREAM, 0, eventId(0))).toBeNull()
    expect(openEvent(stored[1] as RecordedEvent, reader).data.reason).toEqual(gone)
  })

  test('demands events of that block', () => {
    const expiry = { stream: STREAM, block: 0, events: [eventId(9)], blockEvents: [eventId(0)] }
    expect(() => keys.expirePayloads([expiry])).toThrow(/expected event .* in block 0/)
  })
})

describe('what was destroyed', () => {
  test('stands in no byte of the files', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const stored = Array.from({ length: 12 }, (_, n) => recordOne(n, subject))
    const [first, second] = stored as [RecordedEvent, RecordedEvent]
    keys.redactField(redactionOf(first, '/note', stored, subject))
    const doomed = [
      ...secretsOf('SELECT wrapped FROM subject JOIN cell ON cell.id = cell'),
      ...secretsOf('SELECT mac AS wrapped FROM reference'),
      ...secretsOf(`SELECT wrapped FROM kept_event_key JOIN cell ON id = cell WHERE event = '${second.id}'`),
      ...secretsOf(`SELECT wrapped FROM kept_field_key JOIN cell ON id = cell WHERE subject IS NOT NULL`),
    ]
    expect(doomed).toHaveLength(5)
    expect(doomed.every((secret) => found(secret))).toBe(true)
    const spared = secretsOf(`SELECT wrapped FROM kept_event_key JOIN cell ON id = cell WHERE event <> '${second.id}'`)

    keys.redactField(redactionOf(second, '/note', stored, 'sub_other'))
    keys.destroySubject(WORKSPACE, subject)

    expect(doomed.filter((secret) => found(secret))).toEqual([])
    expect(spared.every((secret) => found(secret))).toBe(true)
    expect(statSync(`${file}-wal`).size).toBe(0)
  })

  test('stands in no byte of the files, however much was written, moved and destroyed before', () => {
    const streams = Array.from({ length: 1_500 }, (_, i) => `${WORKSPACE}.model-${randomBytes(1 + (i % 9)).toString('hex')}-${i}`)
    const subjects: string[] = []
    for (let i = 0; i < streams.length; i += 50) {
      keys.blockKeysForSealing(streams.slice(i, i + 50).map((stream) => ({ stream, block: 0 })))
      subjects.push(keys.subjectFor(WORKSPACE, `customer ${i}`))
      if (i % 300 === 0) keys.destroySubject(WORKSPACE, subjects[i / 100] ?? '')
    }
    const doomed = [
      ...secretsOf('SELECT wrapped FROM block_key JOIN cell ON id = cell'),
      ...secretsOf('SELECT mac AS wrapped FROM reference'),
    ]
    for (const subject of subjects) keys.destroySubject(WORKSPACE, subject)
    keys.expirePayloads(streams.map((stream) => ({ stream, block: 0, events: [eventId(0)], blockEvents: [eventId(0)] })))
    const raw = rawBytes()
    expect(doomed.length).toBeGreaterThan(1_500)
    expect(doomed.filter((secret) => contains(raw, secret))).toEqual([])
  })

  test('is gone, but the log is not yet empty, while somebody reads: that is said, and repeating it finishes', () => {
    const subject = keys.subjectFor(WORKSPACE, 'ada')
    const [secret] = secretsOf('SELECT wrapped FROM subject JOIN cell ON cell.id = cell')
    if (secret === undefined) throw new Error('expected a wrapped key')
    const holding = new DatabaseSync(file, { readOnly: true })
    holding.exec('BEGIN; SELECT count(*) FROM cell')
    expect(() => keys.destroySubject(WORKSPACE, subject)).toThrow(StoreUnavailable)
    expect(keys.subjectKey(WORKSPACE, subject)).toBeNull()
    expect(found(secret)).toBe(true)
    holding.close()
    expect(keys.destroySubject(WORKSPACE, subject)).toEqual({ status: 'nothing-left' })
    expect(found(secret)).toBe(false)
  }, 30_000)
})

test('whatever is redacted, expired, erased and recorded, in whatever order: what should open does, what should not never does', () => {
  const fields = ['/reason', '/note', '/person/name'] as const
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('record' as const), who: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('redact' as const), at: fc.nat(), field: fc.constantFrom(...fields) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const), at: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), who: fc.nat(2) }) },
  )
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
      const own = openKeyStore({ file: join(folder, `${randomBytes(8).toString('hex')}.db`), masterKey, mode: 'write' })
      const subjects = [0, 1, 2].map((i) => own.subjectFor(WORKSPACE, `person ${i}`))
      const stored: { event: RecordedEvent; subject: string; closed: Set<string> }[] = []
      const blockEvents = () => stored.map(({ event }) => event.id)
      for (const act of steps) {
        const target = 'at' in act && stored.length > 0 ? stored[act.at % stored.length] : undefined
        if (act.kind === 'record') {
          const subject = subjects[act.who] ?? ''
          if (own.subjectErased(WORKSPACE, subject)) continue
          stored.push({ event: record(draftFor(stored.length, subject), stored.length, own), subject, closed: new Set() })
        } else if (act.kind === 'erase') {
          const subject = subjects[act.who] ?? ''
          own.destroySubject(WORKSPACE, subject)
          for (const one of stored) if (one.subject === subject) one.closed.add('/person/name')
        } else if (target !== undefined && act.kind === 'redact') {
          own.redactField(
            redactionOf(
              target.event,
              act.field,
              stored.map(({ event }) => event),
              target.subject,
            ),
          )
          target.closed.add(act.field)
        } else if (target !== undefined) {
          own.expirePayloads([{ stream: STREAM, block: 0, events: [target.event.id], blockEvents: blockEvents() }])
          for (const field of fields) target.closed.add(field)
        }
      }
      for (const { event, closed } of stored) {
        const open = openEvent(event, own).sealed.filter(({ how }) => how === 'encrypted')
        expect(
          open
            .filter(({ readable }) => !readable)
            .map(({ pointer }) => pointer)
            .sort(),
        ).toEqual([...closed].sort())
      }
      own.close()
    }),
    { numRuns: 40 },
  )
}, 30_000)

function reopened(): KeyStore {
  keys.close()
  keys = openKeyStore({ file, masterKey, mode: 'write' })
  return keys
}

function secretsOf(query: string): Uint8Array[] {
  const db = new DatabaseSync(file, { readOnly: true })
  const secrets = db
    .prepare(query)
    .all()
    .map((row) => row.wrapped as Uint8Array)
  db.close()
  return secrets.filter((secret) => secret.some((byte) => byte !== 0))
}

function rawBytes(): Buffer {
  return Buffer.concat([file, `${file}-wal`, `${file}-shm`].filter((name) => existsSync(name)).map((name) => readFileSync(name)))
}

/** Any 16 bytes of it would be enough to betray it. */
function contains(raw: Buffer, secret: Uint8Array): boolean {
  for (let at = 0; at + 16 <= secret.length; at += 8) if (raw.includes(Buffer.from(secret.subarray(at, at + 16)))) return true
  return false
}

function found(secret: Uint8Array): boolean {
  return contains(rawBytes(), secret)
}
