import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { anEvent, someEvents } from '../event-store.contract.ts'
import { type AppendOutcome, AppendTooLarge, AppendUncertain, type EventStore, NO_STREAM, StoreUnavailable } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

const STREAM = 'ws_a.aisystem-a'
/** Long enough for a busy machine, where no answer is meant to be missed; short where one is. */
const PATIENT_MS = 8000
const IMPATIENT_MS = 400

describe('an append to EventStoreDB that fails', () => {
  let server: EventStoreDbStandIn
  let store: EventStore

  beforeEach(async () => {
    server = await new EventStoreDbStandIn().start()
    store = openEventStoreDb({ connectionString: server.connectionString, deadlineMs: PATIENT_MS })
  })

  afterEach(async () => {
    await store.close()
    server.stop()
  })

  const becomeImpatient = async () => {
    await store.close()
    store = openEventStoreDb({ connectionString: server.connectionString, deadlineMs: IMPATIENT_MS })
  }
  const stored = async () => (await store.readStream(STREAM, { direction: 'forwards', limit: 100 })).map(({ id }) => id)

  describe.each(['timeout', 'silence', 'lost'] as const)('by %s', (answer) => {
    it.each(['before-storing', 'after-storing'] as const)('%s is uncertain, and sending the very same again settles it', async (when) => {
      await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 2))
      if (answer === 'silence') await becomeImpatient()
      await store.streamVersion(STREAM)
      const events = someEvents(STREAM, 2, 3)
      server.faults.failNextAppend({ when, answer })
      await expect(store.append(STREAM, 1, events)).rejects.toThrow(AppendUncertain)
      expect(await stored()).toHaveLength(when === 'after-storing' ? 5 : 2)
      const outcome = await untilAnswered(() => store.append(STREAM, 1, events))
      expect(outcome.status).toBe('appended')
      expect((await stored()).slice(2)).toEqual(events.map(({ id }) => id))
      expect(positionsOf(outcome)).toEqual(
        (await store.readStream(STREAM, { direction: 'forwards', from: 2, limit: 3 })).map(({ position }) => position),
      )
    })
  })

  it('because the server was not ready stored nothing, and says so', async () => {
    server.faults.failNextAppend({ when: 'before-storing', answer: 'unavailable' })
    await expect(store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))).rejects.toThrow(StoreUnavailable)
    expect(await stored()).toEqual([])
  })

  it('because the server was still starting succeeds when it has started', async () => {
    server.faults.failNextStarts(2)
    for (let i = 0; i < 2; i++) await expect(store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))).rejects.toThrow(StoreUnavailable)
    expect(await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))).toMatchObject({ status: 'appended' })
  })

  it('because the server is away stored nothing, and succeeds when it is back', async () => {
    server.stop()
    const events = someEvents(STREAM, 0, 2)
    await expect(store.append(STREAM, NO_STREAM, events)).rejects.toThrow(StoreUnavailable)
    await expect(store.readStream(STREAM, { direction: 'forwards', limit: 1 })).rejects.toThrow(StoreUnavailable)
    await server.start()
    expect((await untilAnswered(() => store.append(STREAM, NO_STREAM, events))).status).toBe('appended')
    expect(await stored()).toHaveLength(2)
  })

  it('when the server goes away between two appends is told apart from one that was not sent', async () => {
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))
    server.stop()
    const events = someEvents(STREAM, 1, 1)
    const failures: unknown[] = []
    for (let i = 0; i < 3; i++) await store.append(STREAM, 0, events).catch((error: unknown) => failures.push(error))
    expect(failures.every((error) => error instanceof AppendUncertain || error instanceof StoreUnavailable)).toBe(true)
    expect(failures.at(-1)).toBeInstanceOf(StoreUnavailable)
    await server.start()
    await untilAnswered(() => store.append(STREAM, 0, events))
    expect(await stored()).toHaveLength(2)
  })

  it('because it is larger than the server allows is refused for good, and harms no other', async () => {
    const large = anEvent(STREAM, 0, { data: { text: 'x'.repeat(1024 * 1024) } })
    const other = 'ws_a.aisystem-b'
    const [refused, appended] = await Promise.allSettled([
      store.append(STREAM, NO_STREAM, [large]),
      store.append(other, NO_STREAM, someEvents(other, 0, 1)),
    ])
    expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(AppendTooLarge) })
    expect(appended).toMatchObject({ status: 'fulfilled', value: { status: 'appended' } })
  })

  it('conflicts when only a part of it was stored before, however it overlaps', async () => {
    const [first, second, third] = someEvents(STREAM, 0, 3)
    if (!first || !second || !third) throw new Error('expected three events')
    await store.append(STREAM, NO_STREAM, [first, second])
    expect(await store.append(STREAM, NO_STREAM, [first, second, third])).toEqual({ status: 'conflict', actual: 1 })
    expect(await store.append(STREAM, NO_STREAM, [first, anEvent(STREAM, 1, { id: randomUUID() })])).toEqual({
      status: 'conflict',
      actual: 1,
    })
    expect(await store.append(STREAM, 0, [second])).toMatchObject({ status: 'appended' })
    expect(await stored()).toEqual([first.id, second.id])
  })

  it('loses nothing and doubles nothing under a storm of faults, when what is uncertain is sent again', async () => {
    await becomeImpatient()
    const answers = ['timeout', 'lost', 'unavailable', 'silence'] as const
    let n = 0
    server.faults.failAppendsBy(() => {
      n++
      if (n % 5 !== 0) return null
      const answer = answers[(n / 5) % 4] ?? 'timeout'
      return { when: answer === 'unavailable' || n % 2 === 0 ? 'before-storing' : 'after-storing', answer }
    })
    const streams = Array.from({ length: 8 }, (_, i) => `ws_a.aisystem-storm${i}`)
    const sent = await Promise.all(
      streams.map(async (stream) => {
        const events = someEvents(stream, 0, 12)
        for (const event of events) await untilAnswered(() => store.append(stream, event.streamVersion - 1, [event]))
        return events
      }),
    )
    server.faults.failAppendsBy(null)
    for (const events of sent) {
      const stream = streams[sent.indexOf(events)] ?? ''
      const read = await store.readStream(stream, { direction: 'forwards', limit: 100 })
      expect(read.map(({ id }) => id)).toEqual(events.map(({ id }) => id))
    }
  })

  it('does not touch the appends of another store in the same process', async () => {
    const other = openEventStoreDb({ connectionString: server.connectionString })
    const server2 = await new EventStoreDbStandIn().start()
    const elsewhere = openEventStoreDb({ connectionString: server2.connectionString })
    await elsewhere.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))
    const running = (async () => {
      for (let version = 1; version < 60; version++)
        expect(await elsewhere.append(STREAM, version - 1, someEvents(STREAM, version, 1))).toMatchObject({ status: 'appended' })
    })()
    for (let i = 0; i < 3; i++) {
      server.faults.failNextAppend({ when: 'before-storing', answer: 'lost' })
      await other.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1)).catch((error: unknown) => expect(error).toBeInstanceOf(Error))
    }
    await running
    await Promise.all([other.close(), elsewhere.close()])
    server2.stop()
  })

  it('because no node of the cluster answers stored nothing, and the process lives', async () => {
    const cluster = openEventStoreDb({
      connectionString: 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false&maxDiscoverAttempts=2&discoveryInterval=10',
      deadlineMs: PATIENT_MS,
    })
    const attempts = Array.from({ length: 20 }, () => cluster.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1)))
    for (const outcome of await Promise.allSettled(attempts))
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) })
    await expect(cluster.readAll({ after: null, limit: 1 })).rejects.toThrow(StoreUnavailable)
    await cluster.close()
  })

  it('fails at once when the store was closed, with nothing sent', async () => {
    await store.close()
    await expect(store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))).rejects.toThrow(StoreUnavailable)
    await expect(store.head()).rejects.toThrow(StoreUnavailable)
  })

  it('is uncertain when the store is closed while it waits', async () => {
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))
    server.faults.failNextAppend({ when: 'after-storing', answer: 'silence' })
    const waiting = store.append(STREAM, 0, someEvents(STREAM, 1, 1))
    setTimeout(() => void store.close(), 30)
    await expect(waiting).rejects.toThrow(AppendUncertain)
  })

  it('never uses the call that the client makes of its own accord', async () => {
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))
    await store.append(STREAM, 0, someEvents(STREAM, 1, 1))
    expect(server.calls.get('BatchAppend')).toBe(1)
    expect(server.calls.get('Append')).toBeUndefined()
  })
})

function positionsOf(outcome: AppendOutcome): readonly string[] {
  return outcome.status === 'appended' ? outcome.positions : []
}

/** What the append layer does: the very same append again, until there is an answer. */
async function untilAnswered(append: () => Promise<AppendOutcome>): Promise<AppendOutcome> {
  for (;;) {
    try {
      return await append()
    } catch (error) {
      if (!(error instanceof AppendUncertain || error instanceof StoreUnavailable)) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}
