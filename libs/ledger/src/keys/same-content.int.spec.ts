import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventDraft } from '../append/event-draft.ts'
import { digest, draftOf, encrypted, eventId, record, WORKSPACE } from './example-events.ts'
import { withValuesAt } from './json-pointer.ts'
import type { KeyStore } from './key-store.ts'
import { openKeyStore } from './open-key-store.ts'
import { sameContent } from './same-content.ts'

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
const DATA = { decision: 'granted', score: 0.5, reason: 'accepted', person: { name: 'Ada' }, inputHmac: SHA }

function draftAbout(who: string): EventDraft {
  return draftOf(DATA, [encrypted('/reason'), encrypted('/person/name', who), digest('/inputHmac', who)])
}

function changed(draft: EventDraft, pointer: string, value: unknown): EventDraft {
  return { ...draft, data: withValuesAt(draft.data, new Map([[pointer, value]])) }
}

describe('a draft with the id of a stored event', () => {
  test('has the same content when it is sent again', () => {
    const draft = draftAbout(subject)
    expect(sameContent(draft, record(draft, 0, keys), keys)).toBe('same')
    expect(sameContent(structuredClone(draft), record(draft, 300, keys), keys)).toBe('same')
  })

  test('has it in whatever order its members stand, whoever sends it and whatever version he expects', () => {
    const draft = draftAbout(subject)
    const stored = record(draft, 0, keys)
    const reordered = Object.fromEntries(Object.entries(DATA).reverse())
    expect(sameContent({ ...draft, data: reordered }, stored, keys)).toBe('same')
    expect(sameContent({ ...draft, actor: { kind: 'service', id: 'svc_other' }, expectedVersion: 3 }, stored, keys)).toBe('same')
  })

  test.each<[string, (draft: EventDraft) => EventDraft]>([
    ['type', (draft) => ({ ...draft, type: 'ApprovalRefused' })],
    ['version', (draft) => ({ ...draft, version: 2 })],
    ['occurredAt', (draft) => ({ ...draft, occurredAt: '2026-03-03T12:00:00.001Z' })],
    ['correlationId', (draft) => ({ ...draft, correlationId: 'c-1' })],
    ['causationId', (draft) => ({ ...draft, causationId: `${draft.stream}/${eventId(5)}` })],
    ['about', (draft) => ({ ...draft, about: draft.about.slice(1) })],
    ['a plain field', (draft) => changed(draft, '/score', 0.25)],
    ['a missing field', (draft) => ({ ...draft, data: { ...draft.data, score: undefined } })],
    ['one field more', (draft) => ({ ...draft, data: { ...draft.data, more: null } })],
    ['an encrypted text', (draft) => changed(draft, '/reason', 'accepted!')],
    ['the type of an encrypted value', (draft) => changed(draft, '/reason', ['accepted'])],
    ['a text of a data subject', (draft) => changed(draft, '/person/name', 'Bob')],
    ['a digest', (draft) => changed(draft, '/inputHmac', 'cd'.repeat(32))],
    ['the HMAC in place of the digest', (draft) => changed(draft, '/inputHmac', SHA.toUpperCase())],
    ['what is sealed', (draft) => ({ ...draft, sealed: draft.sealed.slice(1) })],
    ['whose it is', (draft) => ({ ...draft, sealed: [encrypted('/reason', subject), ...draft.sealed.slice(1)] })],
    ['how it is sealed', (draft) => ({ ...draft, sealed: [digest('/reason'), ...draft.sealed.slice(1)] })],
  ])('has other content when it differs in %s', (_what, change) => {
    const draft = draftAbout(subject)
    const other = JSON.parse(JSON.stringify(change(draft)))
    expect(sameContent(other, record(draft, 0, keys), keys)).toBe('different')
  })

  test('is judged without any key when nothing of it is sealed', () => {
    const draft = draftOf({ decision: 'granted' }, [])
    const stored = record(draft, 0, keys)
    const never = openKeyStore({ file: join(folder, 'never.db'), masterKey: createSecretKey(randomBytes(32)), mode: 'write' })
    expect(sameContent(draft, stored, never)).toBe('same')
    expect(sameContent(changed(draft, '/decision', 'refused'), stored, never)).toBe('different')
    never.close()
  })

  test('same exactly if the sender’s part is the same', () => {
    const text = fc.constantFrom('a', 'b', 'c')
    const drafts = fc
      .record({ plain: text, reason: text, name: text, sha: fc.constantFrom(SHA, 'cd'.repeat(32)) })
      .map(({ plain, reason, name, sha }) =>
        draftOf({ plain, reason, person: { name }, inputHmac: sha }, [
          encrypted('/reason'),
          encrypted('/person/name', subject),
          digest('/inputHmac', subject),
        ]),
      )
    fc.assert(
      fc.property(drafts, drafts, (first, second) => {
        const same = JSON.stringify(first.data) === JSON.stringify(second.data)
        expect(sameContent(second, record(first, 0, keys), keys)).toBe(same ? 'same' : 'different')
      }),
      { numRuns: 300 },
    )
  })
})

describe('when a key is gone', () => {
  test('the content can’t be judged; what still differs visibly is different all the same', () => {
    const who = keys.subjectFor(WORKSPACE, 'carol')
    const draft = draftAbout(who)
    const stored = record(draft, 0, keys)
    keys.destroySubject(WORKSPACE, who)
    expect(sameContent(draft, stored, keys)).toBe('erased')
    expect(sameContent(changed(draft, '/person/name', 'Bob'), stored, keys)).toBe('erased')
    expect(sameContent(changed(draft, '/inputHmac', 'cd'.repeat(32)), stored, keys)).toBe('erased')
    expect(sameContent(changed(draft, '/reason', 'refused'), stored, keys)).toBe('different')
    expect(sameContent(changed(draft, '/score', 1), stored, keys)).toBe('different')
  })

  test('of a payload that expired, nothing sealed can be judged', () => {
    const draft = { ...draftAbout(subject), stream: `${WORKSPACE}.approval-expired` }
    const stored = record(draft, 0, keys)
    keys.expirePayloads([{ stream: draft.stream, block: 0, events: [draft.id], blockEvents: [draft.id] }])
    expect(sameContent(draft, stored, keys)).toBe('erased')
    expect(sameContent(changed(draft, '/reason', 'refused'), stored, keys)).toBe('erased')
  })
})
