import { afterEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { someEvents } from '../event-store.contract.ts'
import { type EventStore, NO_STREAM } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

const STREAM = 'ws_a.aisystem-a'

describe('an EventStoreDB server that others write to', () => {
  let server: EventStoreDbStandIn
  let store: EventStore

  afterEach(async () => {
    await store.close()
    server.stop()
  })

  const open = async (options: ConstructorParameters<typeof EventStoreDbStandIn>[0]) => {
    server = await new EventStoreDbStandIn(options).start()
    store = openEventStoreDb({ connectionString: server.connectionString })
  }
  const othersWrite = (count: number) => {
    for (let i = 0; i < count; i++) {
      const data = Buffer.from('{"a":')
      server.log.write('order-1', 'any', [
        { id: crypto.randomUUID(), type: 'OrderPlaced', contentType: 'application/json', data, metadata: data },
      ])
    }
  }
  const readsOf = async (work: () => Promise<unknown>) => {
    const before = server.calls.get('Read') ?? 0
    await work()
    return (server.calls.get('Read') ?? 0) - before
  }

  it('sends next to nothing of theirs', async () => {
    await open({})
    othersWrite(3_000)
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 2))
    othersWrite(3_000)
    expect(await readsOf(() => store.newest())).toBe(2)
    expect(await readsOf(() => store.readAll({ after: null, limit: 10 }))).toBe(1)
    expect(await readsOf(() => store.readAll({ after: null, limit: 10, streamPrefix: 'ws_b.' }))).toBe(1)
    expect((await store.readAll({ after: null, limit: 10 })).map(({ streamVersion }) => streamVersion)).toEqual([0, 1])
  })

  it('passes over what they wrote once, however often it is asked for the newest event', async () => {
    await open({ statsEvery: Number.POSITIVE_INFINITY })
    const newest = async () => {
      const before = server.log.considered
      const event = await store.newest()
      return { version: event?.streamVersion ?? null, cost: server.log.considered - before }
    }
    othersWrite(2_000)
    expect((await newest()).version).toBe(null)
    expect(await newest()).toEqual({ version: null, cost: 1 })
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 2))
    expect(await newest()).toEqual({ version: 1, cost: 1 })
    othersWrite(2_000)
    expect((await newest()).version).toBe(1)
    expect(await newest()).toEqual({ version: 1, cost: 1 })
    othersWrite(10)
    const { version, cost } = await newest()
    expect(version).toBe(1)
    expect(cost).toBeLessThan(20)
    const head = await store.head()
    const before = server.log.considered
    expect(await store.countAfter(head, 1_000)).toBe(0)
    expect(server.log.considered - before).toBeLessThan(20)
    await store.append(STREAM, 1, someEvents(STREAM, 2, 1))
    othersWrite(10)
    expect((await newest()).version).toBe(2)
  })

  it.each([
    ['shorter', 5],
    ['longer', 60],
  ])('and that came back %s, with a log of others only, holds no newest event', async (_, count) => {
    await open({ statsEvery: Number.POSITIVE_INFINITY })
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 2))
    othersWrite(10)
    expect((await store.newest())?.streamVersion).toBe(1)
    server.log.forget()
    othersWrite(count)
    expect(await store.newest()).toBe(null)
    othersWrite(1)
    expect(await store.newest()).toBe(null)
  })

  it('is not waited for while it looks for more than was asked for', async () => {
    await open({ searches: 'for ever' })
    othersWrite(10)
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))
    const asked = performance.now()
    expect((await store.newest())?.streamVersion).toBe(0)
    expect((await store.newest())?.streamVersion).toBe(0)
    expect(performance.now() - asked).toBeLessThan(1_000)
  })

  it('costs an append among many no read of its own, though projections write links to each event', async () => {
    await open({})
    server.log.onRecord(({ stream, revision }) => {
      if (!stream.startsWith('ws_')) return
      for (let i = 0; i < 10; i++) {
        const data = Buffer.from(`${revision}@${stream}`)
        const link = { id: crypto.randomUUID(), type: '$>', contentType: 'application/octet-stream', data, metadata: new Uint8Array() }
        server.log.write(`$ce-${i}`, 'any', [link])
      }
    })
    const streams = Array.from({ length: 64 }, (_, i) => `ws_a.aisystem-s${i}`)
    const reads = await readsOf(() =>
      Promise.all(
        streams.map(async (stream) => {
          for (let version = 0; version < 8; version++)
            expect(await store.append(stream, version - 1, someEvents(stream, version, 1))).toMatchObject({ status: 'appended' })
        }),
      ),
    )
    expect(reads).toBeLessThan((64 * 8) / 2)
  })
})
