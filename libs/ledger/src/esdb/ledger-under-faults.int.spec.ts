import { parseEventBytes } from '@annal/proof'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import type { AppendFault } from '../../../../test/stand-ins/eventstoredb/faults.ts'
import type { EventDraft, Receipt, RecordOutcome } from '../append/event-draft.ts'
import { inStream, START, someKeys } from '../append/ledger.contract.ts'
import { type Ledger, openLedger } from '../append/open-ledger.ts'
import { AppendUncertain, type EventStore, StoreUnavailable } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

const FAULTS: readonly AppendFault[] = [
  { when: 'after-storing', answer: 'timeout' },
  { when: 'before-storing', answer: 'unavailable' },
  { when: 'after-storing', answer: 'silence' },
  { when: 'before-storing', answer: 'lost' },
  { when: 'after-storing', answer: 'lost' },
  { when: 'before-storing', answer: 'timeout' },
]

describe('the ledger on an EventStoreDB server that fails', () => {
  let server: EventStoreDbStandIn
  let stores: EventStore[]
  let ledgers: Ledger[]
  let cleanUpKeys: () => void

  beforeEach(async () => {
    server = await new EventStoreDbStandIn().start()
    const { keys, cleanUp } = someKeys()
    cleanUpKeys = cleanUp
    stores = [0, 1].map(() => openEventStoreDb({ connectionString: server.connectionString, deadlineMs: 500 }))
    ledgers = stores.map((store) => openLedger({ store, keys, now: () => START, patience: 500 }))
  })

  afterEach(async () => {
    await Promise.all(ledgers.map((ledger) => ledger.close()))
    await Promise.all(stores.map((store) => store.close()))
    server.stop()
    cleanUpKeys()
  })

  it('records every event once, whichever process it is sent to and however often, and gives receipts of what is stored', async () => {
    let appends = 0
    const failed = new Set<AppendFault>()
    server.faults.failAppendsBy(() => {
      const fault = ++appends % 3 === 0 ? (FAULTS[(appends / 3) % FAULTS.length] ?? null) : null
      if (fault) failed.add(fault)
      return fault
    })
    const drafts = Array.from({ length: 6 }, (_, stream) =>
      Array.from({ length: 8 }, () => inStream(`storm${stream}`, { sealed: [{ pointer: '/summary', how: 'encrypted', subject: null }] })),
    )
    const receipts = await Promise.all(
      drafts
        .flat()
        .flatMap((draft, i) => (i % 3 === 0 ? ledgers : [ledgers[i % 2]]).map((ledger) => recorded(ledger, draft, (i % 8) * 20))),
    )
    server.faults.failAppendsBy(null)
    for (const ofStream of drafts) {
      const read = (await stores[0]?.readStream(ofStream[0]?.stream ?? '', { direction: 'forwards', limit: 1000 })) ?? []
      expect(read.map(({ id }) => id).toSorted()).toEqual(ofStream.map(({ id }) => id).toSorted())
      for (const event of read) {
        const parsed = parseEventBytes(event.bytes)
        for (const receipt of receipts.filter(({ id }) => id === event.id)) {
          expect(receipt).toMatchObject({ streamVersion: event.streamVersion, position: event.position })
          expect(parsed).toMatchObject({ status: 'parsed', envelope: { recordedAt: receipt.recordedAt } })
        }
      }
    }
    expect(failed.size).toBe(FAULTS.length)
  })
})

/** What a sender does: the same again until there is a receipt. */
async function recorded(ledger: Ledger | undefined, draft: EventDraft, after: number): Promise<Receipt> {
  await pause(after)
  for (;;) {
    const outcome = await sent(ledger, draft)
    if (outcome?.status === 'recorded') return outcome
    if (outcome?.status === 'refused') throw new Error(`${outcome.code}: ${outcome.message}`)
    await pause(20)
  }
}

async function sent(ledger: Ledger | undefined, draft: EventDraft): Promise<RecordOutcome | undefined> {
  try {
    return (await ledger?.append([draft]))?.[0]
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof AppendUncertain) return undefined
    throw error
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
