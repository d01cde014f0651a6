import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJson } from '@annal/proof'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoreCorrupt } from '../event-store.ts'
import { digest, draftOf, encrypted, eventId, record, recordedAs, STREAM, WORKSPACE } from './example-events.ts'
import { type EventContent, pointerTo, valueAt } from './json-pointer.ts'
import type { KeyStore } from './key-store.ts'
import { openEvent, openEvents } from './open-event.ts'
import { openKeyStore } from './open-key-store.ts'
import { sealData } from './seal-data.ts'

let folder: string
let keys: KeyStore
let subject: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-keys-'))
  keys = openKeyStore({ file: join(folder, 'keys.db'), masterKey: createSecretKey(randomBytes(32)), mode: 'write' })
  subject = keys.subjectFor(WORKSPACE, 'ada')
})

afterAll(() => {
  keys.close()
  rmSync(folder, { recursive: true })
})

const SHA = 'ab'.repeat(32)

describe('sealing', () => {
  test('replaces the marked fields and leaves draft and everything else as they are', () => {
    const data = { decision: 'granted', reason: 'accepted', person: { name: 'Ada', role: 'officer' }, inputHmac: SHA }
    const draft = draftOf(data, [encrypted('/reason'), encrypted('/person/name', subject), digest('/inputHmac', subject)])
    const before = structuredClone(draft)
    const sealed = sealData(draft, 0, keys)
    expect(draft).toEqual(before)
    expect(sealed).toMatchObject({
      status: 'sealed',
      data: {
        decision: 'granted',
        reason: { enc: 1, sub: null, kc: expect.stringMatching(/^[0-9a-f]{64}$/) },
        person: { name: { enc: 1, sub: subject }, role: 'officer' },
        inputHmac: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    })
    expect(JSON.stringify(sealed)).not.toContain('accepted')
    expect(JSON.stringify(sealed)).not.toContain(SHA)
  })

  test('an event without marked fields needs no key and is not copied', () => {
    const draft = draftOf({ decision: 'granted' }, [])
    const closed = openKeyStore({ file: join(folder, 'closed.db'), masterKey: createSecretKey(randomBytes(32)), mode: 'write' })
    closed.close()
    expect(sealData(draft, 0, closed)).toEqual({ status: 'sealed', data: draft.data })
  })

  test('the same text twice, in one event or two, looks different each time', () => {
    const data = { a: 'same', b: 'same' }
    const sealed = [0, 1].map((n) => sealData(draftOf(data, [encrypted('/a'), encrypted('/b')], n), n, keys))
    const parts = JSON.stringify(sealed).match(/"(?:iv|ct|kc)":"[^"]+"/g) ?? []
    expect(parts).toHaveLength(12)
    expect(new Set(parts).size).toBe(12)
  })

  test('a digest of one input differs from event to event', () => {
    const hmacs = [0, 1].map((n) => sealData(draftOf({ inputHmac: SHA }, [digest('/inputHmac')], n), n, keys))
    expect(hmacs[0]).not.toEqual(hmacs[1])
  })

  test('a subject that is unknown, or of another workspace, or erased, is refused', () => {
    const other = keys.subjectFor('ws_other', 'bob')
    const erased = keys.subjectFor(WORKSPACE, 'carol')
    keys.destroySubject(WORKSPACE, erased)
    const refusalOf = (who: string) => sealData(draftOf({ name: 'x' }, [encrypted('/name', who)]), 0, keys)
    expect(refusalOf('sub_nobody')).toMatchObject({ status: 'refused', code: 'SubjectUnknown' })
    expect(refusalOf(other)).toMatchObject({ status: 'refused', code: 'SubjectUnknown' })
    expect(refusalOf(erased)).toMatchObject({
      status: 'refused',
      code: 'SubjectErased',
      message: `${erased} was erased: nothing more can be recorded about it`,
    })
  })

  test('what a sender dresses up as a sealed field is refused, wherever it stands', () => {
    const forged = { enc: 1, sub: null, iv: 'yEnt5unPhcuM/nbf', ct: 'ibB5hoCDWJvXowEkezsX5A3+7jOI858epwziKik=', kc: SHA }
    for (const data of [{ answers: { q1: [forged] } }, { answers: forged }, { answers: { ...forged, kc: 'x' } }]) {
      expect(sealData(draftOf(data, []), 0, keys)).toMatchObject({ status: 'refused', code: 'LooksSealed' })
    }
    expect(sealData(draftOf({ reason: forged }, [encrypted('/reason')]), 0, keys)).toMatchObject({ code: 'LooksSealed' })
  })

  test('a path that names nothing, and a digest that is none, are faults of the caller', () => {
    expect(() => sealData(draftOf({ a: 1 }, [encrypted('/b')]), 0, keys)).toThrow(/expected a value to seal at \/b/)
    expect(() => sealData(draftOf({ inputHmac: 'no digest' }, [digest('/inputHmac')]), 0, keys)).toThrow(/expected a SHA-256/)
    expect(() => sealData(draftOf({ inputHmac: 7 }, [digest('/inputHmac')]), 0, keys)).toThrow(
      /expected a SHA-256 at \/inputHmac, found number/,
    )
  })
})

describe('opening', () => {
  test('gives back what was sealed, with what was sealed and whose', () => {
    const data = { reason: 'accepted ✓', person: { name: 'Ada' }, inputHmac: SHA }
    const paths = [encrypted('/reason'), encrypted('/person/name', subject), digest('/inputHmac', subject)]
    const stored = record(draftOf(data, paths), 0, keys)
    const { envelope, data: opened, sealed } = openEvent(stored, keys)
    expect(opened).toEqual({ ...data, inputHmac: valueAt(envelope.data, '/inputHmac') })
    expect(valueAt(envelope.data, '/reason')).toMatchObject({ enc: 1 })
    expect(sealed).toEqual([
      { pointer: '/inputHmac', how: 'digest', subject: null, readable: false },
      { pointer: '/person/name', how: 'encrypted', subject, readable: true },
      { pointer: '/reason', how: 'encrypted', subject: null, readable: true },
    ])
  })

  test('whatever is sealed wherever comes back equal', () => {
    const anyData = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, maxKeys: 6 })
    fc.assert(
      fc.property(anyData, fc.array(fc.nat(), { maxLength: 4 }), fc.boolean(), fc.nat(600), (generated, picks, ofSubject, version) => {
        const data = readJson(JSON.stringify(generated)) as EventContent
        const pointers = members(data, '')
        const chosen = [...new Set(picks.map((pick) => pointers[pick % pointers.length] ?? ''))]
        const apart = chosen.filter((pointer) => !chosen.some((other) => pointer.startsWith(`${other}/`)))
        const paths = apart.map((pointer) => encrypted(pointer, ofSubject ? subject : null))
        const opened = openEvent(record(draftOf(data, paths, version), version, keys), keys)
        expect(readJson(JSON.stringify(opened.data))).toEqual(data)
        expect(
          opened.sealed
            .filter(({ how }) => how === 'encrypted')
            .map(({ pointer }) => pointer)
            .sort(),
        ).toEqual([...apart].sort())
      }),
      { numRuns: 300 },
    )
  })

  test('a whole batch gives the same as one by one', () => {
    const stored = Array.from({ length: 50 }, (_, n) => record(draftOf({ reason: `reason ${n}` }, [encrypted('/reason')], n), n, keys))
    expect(openEvents(stored, keys)).toEqual(stored.map((event) => openEvent(event, keys)))
  })

  test('of which only some fields are wanted, has the others as they are stored', () => {
    const data = { title: 'Incomes in cents', text: 'Some 140 applicants.', data: { title: 'put right', text: 'No more.' } }
    const pointers = ['/title', '/text', '/data/title', '/data/text']
    const event = record(
      draftOf(
        data,
        pointers.map((pointer) => encrypted(pointer)),
      ),
      0,
      keys,
    )
    const [opened] = openEvents([event], keys, ['title'])
    expect(opened?.data).toMatchObject({ title: data.title, text: { enc: 1 }, data: { title: data.data.title, text: { enc: 1 } } })
    expect(opened?.sealed.map(({ pointer }) => pointer)).toEqual(['/data/title', '/title'])
  })

  test('a plaintext that resembles a sealed or erased field is a value like others', () => {
    const data = { reason: { erased: true } }
    const opened = openEvent(record(draftOf(data, [encrypted('/reason')]), 0, keys), keys)
    expect(opened.data).toEqual(data)
    expect(opened.sealed).toEqual([{ pointer: '/reason', how: 'encrypted', subject: null, readable: true }])
  })

  test('a field whose keys were never here is shown as erased, not as damaged', () => {
    const elsewhere = openKeyStore({ file: join(folder, 'elsewhere.db'), masterKey: createSecretKey(randomBytes(32)), mode: 'write' })
    const stored = record(draftOf({ reason: 'accepted' }, [encrypted('/reason')]), 0, keys)
    expect(openEvent(stored, elsewhere)).toMatchObject({ data: { reason: { erased: true } }, sealed: [{ readable: false }] })
    elsewhere.close()
  })

  describe('refuses as StoreCorrupt', () => {
    const sealedReason = () => {
      const draft = draftOf({ reason: 'accepted' }, [encrypted('/reason')])
      const sealed = sealData(draft, 0, keys)
      if (sealed.status === 'refused') throw new Error(sealed.message)
      return { draft, field: sealed.data.reason as Record<string, string> }
    }
    const opening = (change: (field: Record<string, string>) => unknown, at = 0) => {
      const { draft, field } = sealedReason()
      return () => openEvent(recordedAs(draft, at, { reason: change(field) }), keys)
    }

    test('another ciphertext, tag, IV or commitment', () => {
      const flipped = (base64 = '') => `${base64[0] === 'A' ? 'B' : 'A'}${base64.slice(1)}`
      const flippedTag = (base64 = '') => {
        const bytes = Buffer.from(base64, 'base64')
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
        return bytes.toString('base64')
      }
      expect(opening((field) => ({ ...field, ct: flipped(field.ct) }))).toThrow(StoreCorrupt)
      expect(opening((field) => ({ ...field, ct: flippedTag(field.ct) }))).toThrow(/expected a ciphertext that its tag vouches for/)
      expect(opening((field) => ({ ...field, iv: flipped(field.iv) }))).toThrow(StoreCorrupt)
      expect(opening((field) => ({ ...field, kc: SHA }))).toThrow(/expected a field key with the commitment abab/)
    })

    test('a malformed field, or a shortened one', () => {
      expect(opening((field) => ({ ...field, ct: '!' }))).toThrow(/data\/reason: expected an encrypted field, found a malformed one/)
      expect(opening(({ sub: _sub, ...field }) => field)).toThrow(StoreCorrupt)
    })

    test('a field that was moved: to another event, stream version block, place or subject', () => {
      keys.blockKeysForSealing([{ stream: STREAM, block: 1 }])
      expect(opening((field) => field, 256)).toThrow(/commitment/)
      expect(opening((field) => ({ ...field, sub: subject }))).toThrow(/commitment/)
      const { draft, field } = sealedReason()
      expect(() => openEvent(recordedAs({ ...draft, id: eventId(99) }, 0, { reason: field }), keys)).toThrow(/commitment/)
      expect(() => openEvent(recordedAs(draft, 0, { comment: field }), keys)).toThrow(/commitment/)
    })

    test('bytes that are no event', () => {
      const stored = record(draftOf({ a: 1 }, []), 0, keys)
      for (const bytes of [Buffer.from('{}'), Buffer.from('nonsense'), Buffer.from([0xff, 0xfe]), stored.bytes.subarray(1)]) {
        expect(() => openEvent({ ...stored, bytes }, keys)).toThrow(StoreCorrupt)
      }
    })
  })
})

/** Pointers to every member, at every depth. */
function members(value: unknown, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, child]) => [pointerTo(pointer, name), ...members(child, pointerTo(pointer, name))])
}
