import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEventBytes } from '@annal/proof'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EventStore, InvalidEventId, NIL_EVENT_ID, type RecordedEvent } from '../event-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { loadMasterKey } from '../keys/master-key.ts'
import { openEvent } from '../keys/open-event.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
import type { EventDraft, Receipt, RecordOutcome } from './event-draft.ts'
import { type Ledger, openLedger } from './open-ledger.ts'

export interface LedgerUnderTest {
  readonly store: EventStore
  /** Another process's way to the same store; absent where one process writes. */
  readonly another?: () => EventStore
  readonly cleanUp?: () => Promise<void>
}

export const START = Date.parse('2026-03-01T08:00:00.000Z')

/** An observation as the API would hand it over. */
export function aDraft(over: Partial<EventDraft> = {}): EventDraft {
  return {
    id: randomUUID(),
    type: 'SystemChanged',
    version: 1,
    workspace: 'ws_ledger',
    stream: 'ws_ledger.aisystem-credit-scoring',
    about: ['aisystem:credit-scoring'],
    actor: { kind: 'service', id: 'svc_scoring' },
    occurredAt: '2026-03-01T07:59:00.000Z',
    correlationId: null,
    causationId: null,
    data: { summary: 'The threshold was raised' },
    sealed: [],
    expectedVersion: null,
    ...over,
  }
}

export function inStream(id: string, over: Partial<EventDraft> = {}): EventDraft {
  return aDraft({ stream: `ws_ledger.aisystem-${id}`, ...over })
}

/** Keys in a folder of their own. */
export function someKeys(): { readonly keys: KeyStore; readonly cleanUp: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'annal-keys-'))
  const keys = openKeyStore({ file: join(folder, 'keys.db'), masterKey: loadMasterKey(join(folder, 'master.key')), mode: 'write' })
  return {
    keys,
    cleanUp: () => {
      keys.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** What the append layer does on every store. */
export function describeLedger(name: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger on ${name}`, () => {
    let subject: LedgerUnderTest
    let store: EventStore
    let keys: KeyStore
    let cleanUpKeys: () => void
    let ledger: Ledger
    let now: number

    beforeEach(async () => {
      subject = await open()
      store = subject.store
      ;({ keys, cleanUp: cleanUpKeys } = someKeys())
      now = START
      ledger = openLedger({ store, keys, now: () => now })
    })

    afterEach(async () => {
      await ledger.close()
      await store.close()
      cleanUpKeys()
      await subject.cleanUp?.()
    })

    const stored = (stream = aDraft().stream) => store.readStream(stream, { direction: 'forwards', limit: 10_000 })
    const one = async (draft: EventDraft) => only(await ledger.append([draft]))

    describe('given a new event', () => {
      it('records what was sent, stamped, and answers with where it stands', async () => {
        const draft = aDraft({ correlationId: 'case-17', causationId: `ws_ledger.incident-i1/${randomUUID()}` })
        const receipt = await one(draft)
        const [event] = await stored()
        expect(receipt).toEqual({
          status: 'recorded',
          id: draft.id,
          stream: draft.stream,
          streamVersion: 0,
          position: event?.position,
          recordedAt: '2026-03-01T08:00:00.000Z',
          repeated: false,
          erased: false,
        })
        const { sealed, expectedVersion, ...sent } = draft
        expect(envelope(event)).toEqual({ ...sent, v: 1, streamVersion: 0, recordedAt: '2026-03-01T08:00:00.000Z' })
        expect(event?.salt).toHaveLength(16)
      })

      it('answers many in the order sent, each stream with versions of its own', async () => {
        const drafts = ['a', 'b', 'a', 'c', 'b', 'a'].map((id) => inStream(id))
        const outcomes = await ledger.append(drafts)
        expect(outcomes.map((outcome) => [outcome.id, recorded(outcome).streamVersion])).toEqual(
          drafts.map(({ id }, i) => [id, [0, 0, 1, 0, 1, 2][i]]),
        )
        expect(await ledger.append([])).toEqual([])
      })

      it('gives every event another salt', async () => {
        await Promise.all(Array.from({ length: 300 }, (_, i) => one(inStream(`s${i % 3}`))))
        const salts = (await store.readAll({ after: null, limit: 1000 })).map(({ salt }) => Buffer.from(salt).toString('hex'))
        expect(new Set(salts).size).toBe(300)
      })

      it('records calls at the same time to one stream one behind the other', async () => {
        const receipts = await Promise.all(Array.from({ length: 200 }, () => one(aDraft())))
        expect(receipts.map((receipt) => recorded(receipt).streamVersion).sort((a, b) => a - b)).toEqual(
          Array.from({ length: 200 }, (_, i) => i),
        )
        expect((await stored()).map(({ id, streamVersion, position }) => [id, streamVersion, position]).sort()).toEqual(
          receipts.map((receipt) => [receipt.id, recorded(receipt).streamVersion, recorded(receipt).position]).sort(),
        )
      })
    })

    describe('given an id that its stream holds', () => {
      it('gives the first receipt again, in this process and in the next', async () => {
        const draft = aDraft({ sealed: [{ pointer: '/summary', how: 'encrypted', subject: null }] })
        const first = await one(draft)
        await one(aDraft())
        now += 60_000
        expect(await one(draft)).toEqual({ ...first, repeated: true })
        await ledger.close()
        ledger = openLedger({ store, keys, now: () => now })
        expect(await one(draft)).toEqual({ ...first, repeated: true })
        expect(await stored()).toHaveLength(2)
      })

      it.each<[string, Partial<EventDraft>]>([
        ['type', { type: 'RiskIdentified' }],
        ['type version', { version: 2 }],
        ['occurredAt', { occurredAt: '2026-03-01T07:59:00.001Z' }],
        ['correlation', { correlationId: 'another' }],
        ['references', { about: ['aisystem:credit-scoring', 'model:cs'] }],
        ['data', { data: { summary: 'Another summary' } }],
      ])('refuses another %s', async (_, other) => {
        const draft = aDraft()
        await one(draft)
        expect(await one({ ...draft, ...other })).toMatchObject({ status: 'refused', code: 'ContentDiffers', id: draft.id })
        expect(await stored()).toHaveLength(1)
      })

      it('does not mind who sends it again, nor what version he expects now', async () => {
        const draft = aDraft({ expectedVersion: -1 })
        await one(draft)
        await one(aDraft())
        expect(await one({ ...draft, actor: { kind: 'service', id: 'svc_retry' } })).toMatchObject({ status: 'recorded', repeated: true })
      })

      it('takes it for a new event in another stream', async () => {
        const draft = inStream('a')
        await one(draft)
        expect(await one({ ...draft, stream: inStream('b').stream })).toMatchObject({
          status: 'recorded',
          streamVersion: 0,
          repeated: false,
        })
      })

      it('says so when the key that would tell is gone', async () => {
        const person = keys.subjectFor('ws_ledger', 'customer 4711')
        const draft = aDraft({ sealed: [{ pointer: '/summary', how: 'encrypted', subject: person }] })
        const first = await one(draft)
        keys.destroySubject('ws_ledger', person)
        expect(await one({ ...draft, data: { summary: 'Nobody can tell any more' } })).toEqual({ ...first, repeated: true, erased: true })
      })

      it('repeats a batch of a thousand, mixed with new ones', async () => {
        const drafts = Array.from({ length: 1000 }, (_, i) => inStream(`s${i % 3}`))
        const first = await ledger.append(drafts)
        const more = inStream('s0')
        const again = await ledger.append([...drafts.slice(0, 500), more, ...drafts.slice(500, 999)])
        expect(again.filter(({ id }) => id !== more.id)).toEqual(first.slice(0, 999).map((receipt) => ({ ...receipt, repeated: true })))
        expect(again[500]).toMatchObject({ status: 'recorded', streamVersion: 334, repeated: false })
      })
    })

    describe('given the same id twice at once', () => {
      it('records it once in a batch', async () => {
        const draft = aDraft()
        const [first, other, second] = await ledger.append([draft, aDraft(), draft])
        expect(second).toEqual({ ...recorded(first), repeated: true })
        expect(recorded(other).streamVersion).toBe(1)
        expect(await stored()).toHaveLength(2)
      })

      it('refuses the batch if the contents differ', async () => {
        const draft = aDraft()
        const outcomes = await ledger.append([draft, { ...draft, data: { summary: 'Another' } }])
        expect(outcomes.map(codeOf)).toEqual(['SiblingRefused', 'ContentDiffers'])
        expect(await stored()).toEqual([])
      })

      it('records it once for concurrent calls', async () => {
        const draft = aDraft()
        const outcomes = await Promise.all(Array.from({ length: 10 }, () => one(draft)))
        expect(outcomes.filter((outcome) => !recorded(outcome).repeated)).toHaveLength(1)
        expect(new Set(outcomes.map((outcome) => recorded(outcome).position)).size).toBe(1)
        expect(await stored()).toHaveLength(1)
      })
    })

    describe('given an expected version', () => {
      it('records what the sender saw last, and refuses what he did not see', async () => {
        expect(await one(aDraft({ expectedVersion: 0 }))).toMatchObject({ code: 'WrongExpectedVersion' })
        expect(await one(aDraft({ expectedVersion: -1 }))).toMatchObject({ streamVersion: 0 })
        expect(await one(aDraft({ expectedVersion: -1 }))).toMatchObject({ code: 'WrongExpectedVersion' })
        expect(await one(aDraft({ expectedVersion: 0 }))).toMatchObject({ streamVersion: 1 })
        expect(await stored()).toHaveLength(2)
      })

      it('lets one of two that decide on the same state win', async () => {
        const outcomes = await Promise.all([one(aDraft({ expectedVersion: -1 })), one(aDraft({ expectedVersion: -1 }))])
        expect(outcomes.map(codeOf).sort()).toEqual(['WrongExpectedVersion', 'recorded'])
      })

      it("counts the batch's own events as seen", async () => {
        await one(aDraft())
        const seen = [0, 0, 1, 2, null].map((expectedVersion) => aDraft({ expectedVersion }))
        expect((await ledger.append(seen)).map(codeOf)).toEqual(Array(5).fill('recorded'))
        const unseen = [aDraft(), aDraft({ expectedVersion: 4 })]
        expect((await ledger.append(unseen)).map(codeOf)).toEqual(['SiblingRefused', 'WrongExpectedVersion'])
      })
    })

    describe('given a refusal', () => {
      const large = (bytes: number) => ({ text: 'x'.repeat(bytes) })

      it("refuses its stream's part and no other", async () => {
        const known = inStream('a')
        await one(known)
        const outcomes = await ledger.append([inStream('a'), inStream('b'), known, { ...known, data: {} }, inStream('b')])
        expect(outcomes.map(codeOf)).toEqual(['SiblingRefused', 'recorded', 'recorded', 'ContentDiffers', 'recorded'])
        expect(await stored(known.stream)).toHaveLength(1)
        expect(await stored(inStream('b').stream)).toHaveLength(2)
      })

      it('refuses an event above 256 KiB of data', async () => {
        expect(await one(aDraft({ data: large(256 * 1024 - 11) }))).toMatchObject({ status: 'recorded' })
        expect(await one(aDraft({ data: large(256 * 1024 - 10) }))).toMatchObject({ code: 'EventTooLarge' })
        const sealed = [{ pointer: '/text', how: 'encrypted' as const, subject: null }]
        expect(await one(aDraft({ data: large(256 * 1024 - 11), sealed }))).toMatchObject({ status: 'recorded' })
      })

      it('refuses a part above 900 KiB stored, and takes one below', async () => {
        const outcomes = await ledger.append([...Array.from({ length: 4 }, () => inStream('a', { data: large(235_000) })), inStream('b')])
        expect(outcomes.map(codeOf)).toEqual([...Array(4).fill('StreamPartTooLarge'), 'recorded'])
        expect((await ledger.append(Array.from({ length: 4 }, () => inStream('a', { data: large(229_000) })))).map(codeOf)).toEqual(
          Array(4).fill('recorded'),
        )
      })

      it('takes calls that together are larger than a part may be', async () => {
        const outcomes = await Promise.all(Array.from({ length: 12 }, () => one(aDraft({ data: large(200_000) }))))
        expect(outcomes.map(codeOf)).toEqual(Array(12).fill('recorded'))
      })

      it('refuses what is about nobody, or looks sealed', async () => {
        const sealed = [{ pointer: '/summary', how: 'encrypted' as const, subject: 'sub_nobody' }]
        expect((await ledger.append([aDraft(), aDraft({ sealed })])).map(codeOf)).toEqual(['SiblingRefused', 'SubjectUnknown'])
        const person = keys.subjectFor('ws_ledger', 'somebody')
        keys.destroySubject('ws_ledger', person)
        expect(await one(aDraft({ sealed: [{ pointer: '/summary', how: 'encrypted', subject: person }] }))).toMatchObject({
          code: 'SubjectErased',
        })
        expect(await one(aDraft({ data: { forged: { enc: 1, sub: null, iv: '', ct: '', kc: '' } } }))).toMatchObject({
          code: 'LooksSealed',
        })
        expect(await stored()).toEqual([])
      })
    })

    describe('given the clock', () => {
      it('never lets recordedAt decrease within a stream', async () => {
        for (const step of [0, 1000, -1500, 200, 5000]) {
          now += step
          await one(aDraft())
        }
        const times = (await stored()).map((event) => envelope(event).recordedAt)
        expect(times).toEqual([...times].sort())
        expect(times[2]).toBe('2026-03-01T08:00:01.000Z')
      })

      it('refuses to append while it is more than 2 s behind the newest event', async () => {
        const first = aDraft()
        await one(first)
        now -= 2_001
        expect((await ledger.append([first, inStream('other')])).map(codeOf)).toEqual(['recorded', 'ClockSkew'])
        now += 1
        expect(await one(inStream('other'))).toMatchObject({ status: 'recorded' })
      })

      it('compares itself with what others recorded before it began', async () => {
        await one(aDraft())
        await ledger.close()
        now -= 10_000
        ledger = openLedger({ store, keys, now: () => now })
        expect(await one(inStream('other'))).toMatchObject({ code: 'ClockSkew' })
      })
    })

    describe('given fields to seal', () => {
      it('stores none of their plain text, and opens them again', async () => {
        const person = keys.subjectFor('ws_ledger', 'customer 4711')
        const data = { summary: 'Mrs Miller asked', note: 'secret note', inputHmac: 'ab'.repeat(32) }
        const sealed = [
          { pointer: '/summary', how: 'encrypted' as const, subject: person },
          { pointer: '/note', how: 'encrypted' as const, subject: null },
          { pointer: '/inputHmac', how: 'digest' as const, subject: person },
        ]
        await ledger.append(Array.from({ length: 600 }, () => aDraft({ data, sealed })))
        const events = await stored()
        expect(events).toHaveLength(600)
        for (const event of [events[0]!, events[255]!, events[256]!, events[599]!]) {
          const text = Buffer.from(event.bytes).toString()
          for (const plain of ['Miller', 'secret', data.inputHmac]) expect(text).not.toContain(plain)
          const opened = openEvent(event, keys)
          expect(opened.data).toMatchObject({ summary: data.summary, note: data.note })
        }
      })
    })

    describe('given the nil UUID as an id', () => {
      it('refuses the call, and nothing of it is recorded', async () => {
        const drafts = [inStream('s1'), inStream('s2', { id: NIL_EVENT_ID })]
        await expect(ledger.append(drafts)).rejects.toBeInstanceOf(InvalidEventId)
        expect(codeOf(await one(inStream('s1')))).toBe('recorded')
      })
    })

    describe('given that it is closed', () => {
      it('finishes what is under way and takes nothing more', async () => {
        const underWay = Array.from({ length: 50 }, (_, i) => one(inStream(`s${i}`)))
        await ledger.close()
        expect((await Promise.all(underWay)).map(codeOf)).toEqual(Array(50).fill('recorded'))
        await expect(ledger.append([aDraft()])).rejects.toMatchObject({ name: 'StoreUnavailable' })
      })
    })

    describe('given another process on the same store', () => {
      const both = async (work: (ledgers: readonly [Ledger, Ledger]) => Promise<void>) => {
        const others = subject.another!()
        const other = openLedger({ store: others, keys, now: () => now })
        try {
          await work([ledger, other])
        } finally {
          await other.close()
          if (others !== store) await others.close()
        }
      }

      it('ends well for both on one stream', async ({ skip }) => {
        if (subject.another === undefined) skip('one process writes to this store')
        await both(async (ledgers) => {
          const receipts = await Promise.all(
            Array.from({ length: 120 }, async (_, i) => {
              await new Promise((resolve) => setTimeout(resolve, i % 13))
              return only(await ledgers[i % 2]!.append([aDraft({ sealed: [{ pointer: '/summary', how: 'encrypted', subject: null }] })]))
            }),
          )
          const events = await stored()
          expect(events.map(({ id }) => id)).toEqual(
            [...receipts].sort((a, b) => recorded(a).streamVersion - recorded(b).streamVersion).map(({ id }) => id),
          )
          expect(events.map((event) => envelope(event).streamVersion)).toEqual(Array.from({ length: 120 }, (_, i) => i))
          expect(openEvent(events[77]!, keys).data).toEqual({ summary: 'The threshold was raised' })
        })
      })

      it('records once what is sent to both', async ({ skip }) => {
        if (subject.another === undefined) skip('one process writes to this store')
        await both(async (ledgers) => {
          for (let round = 0; round < 10; round++) {
            const draft = aDraft()
            const outcomes = (await Promise.all(ledgers.map((one) => one.append([draft])))).map(only)
            expect(outcomes.map((outcome) => recorded(outcome).repeated).sort()).toEqual([false, true])
            const [first, second] = outcomes.map((outcome) => ({ ...recorded(outcome), repeated: null }))
            expect(first).toEqual(second)
            const differing = await Promise.all(ledgers.map((one, i) => one.append([aDraft({ id: first!.id, data: { round: i } })])))
            expect(differing.map((outcome) => codeOf(only(outcome)))).toEqual(['ContentDiffers', 'ContentDiffers'])
          }
          expect(await stored()).toHaveLength(10)
        })
      })

      it('lets one decision win that both take on the same state', async ({ skip }) => {
        if (subject.another === undefined) skip('one process writes to this store')
        await both(async (ledgers) => {
          for (let expectedVersion = -1; expectedVersion < 9; expectedVersion++) {
            const outcomes = await Promise.all(ledgers.map((one) => one.append([aDraft({ expectedVersion })])))
            expect(outcomes.map((outcome) => codeOf(only(outcome))).sort()).toEqual(['WrongExpectedVersion', 'recorded'])
          }
        })
      })
    })
  })
}

export function recorded(outcome: RecordOutcome | undefined): Receipt {
  if (outcome?.status !== 'recorded') throw new Error(`expected a receipt, found ${JSON.stringify(outcome)}`)
  return outcome
}

export function codeOf(outcome: RecordOutcome): string {
  return outcome.status === 'recorded' ? outcome.status : outcome.code
}

export function only<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined || list.length !== 1) throw new Error(`expected one, found ${list.length}`)
  return first
}

export function envelope(event: RecordedEvent | undefined) {
  const parsed = parseEventBytes(event?.bytes ?? new Uint8Array())
  if (parsed.status === 'refused') throw new Error(parsed.reason)
  return parsed.envelope
}
