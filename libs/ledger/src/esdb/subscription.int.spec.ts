import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { someEvents } from '../event-store.contract.ts'
import { type EventStore, type Position, type RecordedEvent, StoreCorrupt } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

const STREAM = 'ws_a.aisystem-a'

describe('a subscription to EventStoreDB', () => {
  let server: EventStoreDbStandIn
  let writer: EventStore
  let reader: EventStore

  beforeEach(async () => {
    server = await new EventStoreDbStandIn({ statsEvery: 3 }).start()
    writer = openEventStoreDb({ connectionString: server.connectionString })
    reader = openEventStoreDb({ connectionString: server.connectionString })
  })

  afterEach(async () => {
    await Promise.all([writer.close(), reader.close()])
    server.stop()
  })

  const write = async (from: number, count: number) => {
    const events = someEvents(STREAM, from, count)
    expect(await settled(() => writer.append(STREAM, from - 1, events))).toMatchObject({ status: 'appended' })
  }

  const othersWrite = (count: number) => {
    for (let i = 0; i < count; i++) {
      const data = Buffer.from('x'.repeat(100 + i))
      const event = { id: crypto.randomUUID(), type: 'OrderPlaced', contentType: 'application/octet-stream', data, metadata: data }
      server.log.write('order-1', 'any', [event])
    }
  }

  it('is taken up again behind the last event when the server drops it for being slow', async () => {
    await write(0, 1)
    const following = follow(reader, 1201, { eachBatch: () => pause(150) })
    await following.begun
    for (let version = 1; version < 1201; version += 100) await write(version, 100)
    expect(versions(await following.events)).toEqual(count(1201))
    expect(server.calls.get('Subscribe')).toBeGreaterThan(1)
  })

  it('goes on over lost connections, without gap or repeat', async () => {
    await write(0, 10)
    const following = follow(reader, 60)
    await following.begun
    for (let version = 10; version < 60; version += 10) {
      server.dropConnections()
      await write(version, 10)
    }
    expect(versions(await following.events)).toEqual(count(60))
    expect(server.calls.get('Subscribe')).toBeGreaterThan(3)
  })

  it('waits for a server that is down and goes on when it is back', async () => {
    await write(0, 5)
    const following = follow(reader, 10)
    await following.begun
    server.stop()
    await pause(300)
    await server.start()
    await write(5, 5)
    expect(versions(await following.events)).toEqual(count(10))
  })

  it.each([
    ['empty', async () => undefined],
    ['with other events', () => write(0, 30)],
    ['with events of others, and none at its position', async () => othersWrite(30)],
  ])('ends with a word when the server comes back %s, of which it would deliver nothing', async (_, comeBack) => {
    await write(0, 5)
    const following = follow(reader, 10)
    await following.begun
    const ended = expect(following.events).rejects.toThrow(/went back or was exchanged/)
    server.stop()
    server.log.forget()
    await server.start()
    await comeBack()
    await ended
  })

  it('ends at once when told to while the server is down', async () => {
    server.stop()
    const ending = new AbortController()
    const reading = (async () => {
      for await (const _ of reader.subscribe({ after: null, signal: ending.signal })) expect.unreachable('there is nothing to deliver')
    })()
    await pause(200)
    const asked = performance.now()
    ending.abort()
    await reading
    expect(performance.now() - asked).toBeLessThan(1_000)
  })

  it('ends when its store is closed', async () => {
    await write(0, 1)
    const reading = (async () => {
      for await (const _ of reader.subscribe({ after: null, signal: new AbortController().signal })) await reader.close()
    })()
    await reading
  })

  it('leaves no call open when its reader stops in the middle', async () => {
    await write(0, 100)
    for await (const _ of reader.subscribe({ after: null, signal: new AbortController().signal, batch: 10 })) break
    await write(100, 1)
    await pause(50)
    expect(server.openSubscriptions).toBe(0)
  })

  it('shows nothing of what the server or its administrators write', async () => {
    await write(0, 20)
    server.log.write('$settings', 'any', [
      {
        id: crypto.randomUUID(),
        type: 'update-default-acl',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: new Uint8Array(),
      },
    ])
    server.log.write('$ce-ws_a.aisystem', 'any', [
      {
        id: crypto.randomUUID(),
        type: '$>',
        contentType: 'application/octet-stream',
        data: Buffer.from(`0@${STREAM}`),
        metadata: new Uint8Array(),
      },
    ])
    await write(20, 1)
    expect(versions(await follow(reader, 21).events)).toEqual(count(21))
    expect(await reader.readAll({ after: null, limit: 100 })).toHaveLength(21)
    expect(server.log.records.length).toBeGreaterThan(25)
  })

  it('passes over the streams of other applications on the same server, whatever stands in them', async () => {
    const foreign = (contentType: string, data: string, stream = 'order-1') =>
      server.log.write(stream, 'any', [
        { id: crypto.randomUUID(), type: 'OrderPlaced', contentType, data: Buffer.from(data), metadata: Buffer.from('no JSON') },
      ])
    foreign('application/octet-stream', 'a picture')
    await write(0, 1)
    foreign('application/json', '{"a":')
    await write(1, 1)
    foreign('application/json', '{"a":1}')
    foreign('application/json', '{"a":1}', 'ws_session-1')
    expect(versions(await follow(reader, 2).events)).toEqual([0, 1])
    expect(versions(await reader.readAll({ after: null, limit: 10 }))).toEqual([0, 1])
    expect((await reader.newest())?.streamVersion).toBe(1)
  })

  it('finds the newest event behind any number of the server’s own', async () => {
    await write(0, 3)
    const stats = { type: '$statsCollected', contentType: 'application/json', data: Buffer.from('{}'), metadata: new Uint8Array() }
    for (let i = 0; i < 1500; i++) server.log.write('$stats-x', 'any', [{ ...stats, id: crypto.randomUUID() }])
    expect((await reader.newest())?.streamVersion).toBe(2)
    const third = await reader.newest()
    expect(await reader.readAll({ after: third?.position ?? null, limit: 10 })).toEqual([])
  })

  it('gives two writers one order, with gaps, that every reader sees', async () => {
    const streams = ['ws_a.aisystem-x', 'ws_a.aisystem-y']
    await Promise.all(
      [writer, reader].map(async (store, i) => {
        const stream = streams[i] ?? ''
        for (let version = 0; version < 40; version++) await store.append(stream, version - 1, someEvents(stream, version, 1))
      }),
    )
    const all = await reader.readAll({ after: null, limit: 1000 })
    const live = await follow(writer, 80).events
    expect(all).toHaveLength(80)
    expect(live.map(({ position }) => position)).toEqual(all.map(({ position }) => position))
    expect(all.map(({ position }) => position)).toEqual(all.map(({ position }) => position).toSorted())
    for (const stream of streams) expect(versions(all.filter((event) => event.stream === stream))).toEqual(count(40))
  })

  it('ends with what the server says of a position that another server gave', async () => {
    await write(0, 3)
    const [first] = await reader.readAll({ after: null, limit: 1 })
    const after = (first?.position ?? '').replaceAll(/.(?=-|$)/g, 'f') as Position
    const reading = (async () => {
      for await (const _ of reader.subscribe({ after, signal: AbortSignal.timeout(5_000) })) expect.unreachable('nothing stands there')
    })()
    await expect(reading).rejects.toThrow(/invalid position/)
  })

  it('stops at an event that Annal did not write', async () => {
    await write(0, 1)
    server.log.write('ws_a.aisystem-foreign', 'no_stream', [
      {
        id: crypto.randomUUID(),
        type: 'Foreign',
        contentType: 'application/json',
        data: Buffer.from('{"a":1}'),
        metadata: new Uint8Array(),
      },
    ])
    await expect(follow(reader, 2).events).rejects.toThrow(StoreCorrupt)
    await expect(reader.readAll({ after: null, limit: 10 })).rejects.toThrow(StoreCorrupt)
  })
})

function follow(store: EventStore, wanted: number, { eachBatch }: { eachBatch?: () => Promise<void> } = {}) {
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  const ending = new AbortController()
  const events = (async () => {
    const gathered: RecordedEvent[] = []
    for await (const batch of store.subscribe({ after: null, signal: ending.signal })) {
      resolve()
      gathered.push(...batch)
      if (gathered.length >= wanted) setTimeout(() => ending.abort(), 30)
      await eachBatch?.()
    }
    return gathered
  })()
  return { begun, events }
}

/** The very same again while the server is coming back. */
async function settled<T>(append: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await append()
    } catch (error) {
      if (attempt === 100) throw error
      await pause(20)
    }
  }
}

const count = (n: number) => Array.from({ length: n }, (_, i) => i)
const versions = (events: readonly RecordedEvent[]) => events.map(({ streamVersion }) => streamVersion)
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
