import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppendUncertain, type EventStore } from '../event-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { MemoryStore } from '../memory-store.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import type { EventDraft, Receipt } from './event-draft.ts'
import { type Fault, faultyStore } from './faulty-store.ts'
import { aDraft, codeOf, envelope, inStream, only, recorded, START, someKeys } from './ledger.contract.ts'
import { type Ledger, openLedger } from './open-ledger.ts'

interface Kept {
  readonly store: EventStore
  readonly remove: () => Promise<void>
}

const stores: readonly [string, () => Kept][] = [
  [
    'SQLite',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'annal-faults-'))
      const store = openSqliteStore({ file: join(folder, 'events.db'), mode: 'write' })
      const remove = async () => {
        await store.close()
        rmSync(folder, { recursive: true })
      }
      return { store, remove }
    },
  ],
  ['a store that leaves ids to the ledger', () => ({ store: new MemoryStore(), remove: async () => undefined })],
]

describe.each(stores)('given that writes to %s fail', (_, open) => {
  let kept: Kept
  let keys: KeyStore
  let cleanUpKeys: () => void
  let faults: (Fault | null)[]
  let ledger: Ledger

  beforeEach(() => {
    kept = open()
    ;({ keys, cleanUp: cleanUpKeys } = someKeys())
    faults = []
    ledger = ledgerOn(0)
  })

  afterEach(async () => {
    await ledger.close()
    await kept.remove()
    cleanUpKeys()
  })

  const ledgerOn = (patience: number) =>
    openLedger({ store: faultyStore(kept.store, () => faults.shift() ?? null), keys, now: () => START, patience })
  const stored = () => kept.store.readStream(aDraft().stream, { direction: 'forwards', limit: 10_000 })
  const sealedDraft = () => aDraft({ sealed: [{ pointer: '/summary', how: 'encrypted', subject: null }] })

  it.each<Fault>(['lost', 'late', 'delayed'])('sends the very same event again when its answer is uncertain (%s)', async (fault) => {
    ledger = ledgerOn(5_000)
    faults = [fault, fault, null]
    const draft = sealedDraft()
    const receipt = recorded(only(await ledger.append([draft])))
    const events = await stored()
    expect(events.map(({ id }) => id)).toEqual([draft.id])
    expect(receipt).toMatchObject({ repeated: false, position: events[0]?.position, recordedAt: envelope(events[0]).recordedAt })
  })

  it.each<[Fault, string]>([
    ['refused', 'StoreUnavailable'],
    ['full', 'StoreFull'],
    ['lost', 'AppendUncertain'],
    ['late', 'AppendUncertain'],
    ['delayed', 'AppendUncertain'],
  ])('says so (%s: %s), goes on, and stores once what is sent again', async (fault, name) => {
    const before = aDraft()
    await ledger.append([before])
    faults = [fault]
    const draft = sealedDraft()
    await expect(ledger.append([draft])).rejects.toMatchObject({ name })
    const other = aDraft()
    expect(codeOf(only(await ledger.append([other])))).toBe('recorded')
    const receipt = recorded(only(await ledger.append([draft])))
    const events = await stored()
    expect(events.map(({ id }) => id).sort()).toEqual([before.id, draft.id, other.id].sort())
    expect(receipt).toMatchObject({ position: events.find(({ id }) => id === draft.id)?.position })
  })

  it('tells nobody else of it, and keeps what is uncertain before what comes later', async () => {
    await ledger.append([aDraft()])
    faults = ['late', 'lost', 'lost', null]
    const uncertain = sealedDraft()
    const first = ledger.append([uncertain])
    await expect(first).rejects.toThrow(AppendUncertain)
    await expect(ledger.append([aDraft()])).rejects.toThrow(AppendUncertain)
    await expect(ledger.append([aDraft()])).rejects.toThrow(AppendUncertain)
    expect(codeOf(only(await ledger.append([inStream('other')])))).toBe('recorded')
    expect(recorded(only(await ledger.append([uncertain])))).toMatchObject({ streamVersion: 1, repeated: true })
  })

  it('answers the parts of a call that did not fail when they are sent again', async () => {
    const drafts = [inStream('a'), inStream('b'), inStream('c')]
    faults = [null, 'refused', null]
    await expect(ledger.append(drafts)).rejects.toMatchObject({ name: 'StoreUnavailable' })
    const again = (await ledger.append(drafts)).map(recorded)
    expect(again.map(({ repeated }) => repeated)).toEqual([true, false, true])
  })

  it('records each event once, however its writes fail and whoever restarts', async () => {
    const fault = fc.option(fc.constantFrom<Fault>('refused', 'full', 'lost', 'late', 'delayed'), { nil: null, freq: 2 })
    const round = fc.record({
      faults: fc.array(fault, { maxLength: 12 }),
      drafts: fc.array(fc.record({ stream: fc.constantFrom('a', 'b'), call: fc.nat(2), sealed: fc.boolean() }), {
        minLength: 1,
        maxLength: 8,
      }),
      restart: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 5 }), async (rounds) => {
        const mine = open()
        const { keys: myKeys, cleanUp } = someKeys()
        let queue: (Fault | null)[] = []
        const start = () =>
          openLedger({ store: faultyStore(mine.store, () => queue.shift() ?? null), keys: myKeys, now: () => START, patience: 15 })
        let current = start()
        const receipts = new Map<string, Receipt>()
        try {
          for (const { faults: planned, drafts, restart } of rounds) {
            queue = [...planned]
            const sent = drafts.map(({ stream, call, sealed }) => ({
              call,
              draft: inStream(stream, sealed ? { sealed: [{ pointer: '/summary', how: 'encrypted', subject: null }] } : {}),
            }))
            const calls = [0, 1, 2].map((n) => sent.filter(({ call }) => call === n).map(({ draft }) => draft))
            await Promise.all(calls.map((call) => untilRecorded(() => current, call, receipts)))
            if (!restart) continue
            await current.close()
            current = start()
          }
          const events = await mine.store.readAll({ after: null, limit: 1000 })
          expect(events.map(({ id, stream, streamVersion, position }) => [id, stream, streamVersion, position]).sort()).toEqual(
            [...receipts.values()].map(({ id, stream, streamVersion, position }) => [id, stream, streamVersion, position]).sort(),
          )
          for (const event of events) expect(receipts.get(event.id)?.recordedAt).toBe(envelope(event).recordedAt)
        } finally {
          await current.close()
          await mine.remove()
          cleanUp()
        }
      }),
      { numRuns: 25, interruptAfterTimeLimit: 4_000, markInterruptAsFailure: false },
    )
  })
})

/** A sender that sends a call again until it is answered. */
async function untilRecorded(ledger: () => Ledger, drafts: readonly EventDraft[], receipts: Map<string, Receipt>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      for (const outcome of await ledger().append(drafts)) receipts.set(outcome.id, recorded(outcome))
      return
    } catch (error) {
      if (attempt > 40) throw error
    }
  }
}
