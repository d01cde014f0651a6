import { existsSync, readFileSync } from 'node:fs'
import { type EventEnvelope, eventKey } from '@annal/proof'
import { describe, expect, test, vi } from 'vitest'
import type { EventDraft } from '../append/event-draft.ts'
import type { Position, RecordedEvent } from '../event-store.ts'
import { digest, encrypted } from './example-events.ts'
import type { KeyReader, KeyStore } from './key-store.ts'
import { nodeDigests } from './node-digests.ts'
import { openEvent } from './open-event.ts'
import { sameContent } from './same-content.ts'
import { sealData } from './seal-data.ts'

/** The IV of the known answer, where an IV is drawn at random otherwise. */
const iv = vi.hoisted(() => ({ next: new Uint8Array(12) }))
vi.mock('./random-iv.ts', () => ({ IV_LENGTH: 12, freshIv: () => iv.next }))

const path = new URL('../../../../../shared/vectors/annal-record/record-v1.json', import.meta.url)
const known = existsSync(path)
if (!known) console.warn('Known answers not found in ../shared/vectors/annal-record: sealing is not compared with them.')

interface Answers {
  readonly workspace: string
  readonly blockKey: string
  readonly subjectKey: string
  readonly events: readonly { readonly event: EventEnvelope; readonly eventBytes: string; readonly salt: string }[]
  readonly fields: readonly {
    readonly id: string
    readonly pointer: string
    readonly iv?: string
    readonly value?: string
    readonly inputSha256?: string
  }[]
}

describe.skipIf(!known)('the known answers of the record format', () => {
  const answers: Answers = known ? JSON.parse(readFileSync(path, 'utf8')) : { events: [], fields: [] }
  const keys = keysOf(answers)

  test('an encrypted field is sealed to the byte, and opens', () => {
    const { event, recorded, field } = answer('ApprovalGiven')
    iv.next = Buffer.from(field?.iv ?? '', 'hex')
    const draft = draftOf(event, { reason: field?.value }, [encrypted('/reason')])
    expect(sealData(draft, event.streamVersion, keys)).toEqual({ status: 'sealed', data: event.data })
    expect(openEvent(recorded, keys).data).toEqual({ reason: field?.value })
    expect(sameContent(draft, recorded, keys)).toBe('same')
  })

  test('a field of a data subject opens with the key of the subject, and only with it', () => {
    const { recorded } = answer('PersonProfileSet')
    const opened = openEvent(recorded, keys)
    expect(opened.sealed).toEqual([{ pointer: '/name', how: 'encrypted', subject: 'sub_9d2e', readable: true }])
    expect(opened.data.name).toBeTypeOf('string')
    expect(openEvent(recorded, { ...keys, subjectKey: () => null }).data.name).toEqual({ erased: true })
  })

  test('a digest is stored as the HMAC, and compares', () => {
    const { event, recorded, field } = answer('DecisionMade')
    const data = { ...event.data, inputHmac: field?.inputSha256 }
    const draft = draftOf(event, data, [digest('/inputHmac', 'sub_77aa')])
    expect(sealData(draft, event.streamVersion, keys)).toEqual({ status: 'sealed', data: event.data })
    expect(sameContent(draft, recorded, keys)).toBe('same')
    const other = nodeDigests.sha256(Buffer.from('another input'))
    expect(sameContent({ ...draft, data: { ...data, inputHmac: Buffer.from(other).toString('hex') } }, recorded, keys)).toBe('different')
  })

  test('every event of them opens without harm to what is plain', () => {
    for (const { event, eventBytes, salt } of answers.events) {
      const opened = openEvent(recordedOf(event, eventBytes, salt), keys)
      expect(opened.envelope).toEqual(event)
      if (opened.sealed.length === 0) expect(opened.data).toEqual(event.data)
    }
  })

  function answer(type: string) {
    const found = answers.events.find(({ event }) => event.type === type)
    if (found === undefined) throw new Error(`expected an event ${type} among the known answers`)
    const field = answers.fields.find(({ id }) => id === found.event.id)
    return { event: found.event, recorded: recordedOf(found.event, found.eventBytes, found.salt), field }
  }
})

/** The known answers' one block key and one subject key, whatever is asked for. */
function keysOf({ blockKey, subjectKey }: Answers): KeyStore {
  const ofEvent: KeyReader['eventKey'] = (stream, _version, id) => eventKey(Buffer.from(blockKey, 'hex'), stream, id)
  const refuse = () => {
    throw new Error('expected only sealing and opening')
  }
  return {
    eventKey: ofEvent,
    eventKeyForSealing: (stream, _version, id) => eventKey(Buffer.from(blockKey, 'hex'), stream, id),
    subjectKey: () => Buffer.from(subjectKey, 'hex'),
    subjectErased: () => false,
    keptFieldKey: () => null,
    noticeDestructions: () => {},
    blockKeysForSealing: () => {},
    close: () => {},
    indexKey: refuse,
    hasIndexKey: refuse,
    subjectFor: refuse,
    findSubject: refuse,
    webhookKey: refuse,
    makeWebhookKey: refuse,
    keepWebhookKey: refuse,
    destroySubject: refuse,
    redactField: refuse,
    expirePayloads: refuse,
  }
}

function draftOf(
  { v: _v, streamVersion: _s, recordedAt: _r, ...event }: EventEnvelope,
  data: EventDraft['data'],
  sealed: EventDraft['sealed'],
): EventDraft {
  return { ...event, data, sealed, expectedVersion: null }
}

function recordedOf({ stream, streamVersion, id, type }: EventEnvelope, bytes: string, salt: string): RecordedEvent {
  return { position: '1' as Position, stream, streamVersion, id, type, bytes: Buffer.from(bytes), salt: Buffer.from(salt, 'hex') }
}
