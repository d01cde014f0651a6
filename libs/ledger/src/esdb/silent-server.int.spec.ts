import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { someEvents } from '../event-store.contract.ts'
import { type EventStore, NO_STREAM, StoreUnavailable } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

const STREAM = 'ws_a.aisystem-a'

describe('an EventStoreDB that takes connections and says nothing, as one that is frozen', () => {
  let server: Server
  let store: EventStore
  const connections = new Set<Socket>()

  beforeEach(async () => {
    server = createServer((socket) => connections.add(socket.on('error', () => undefined)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    store = openEventStoreDb({ connectionString: `esdb://127.0.0.1:${port}?tls=false`, deadlineMs: 300 })
  })

  afterEach(async () => {
    await store.close()
    for (const connection of connections) connection.destroy()
    server.close()
  })

  it.each([
    ['a read of a stream', () => store.readStream(STREAM, { direction: 'forwards', limit: 1 })],
    ['a read of everything', () => store.readAll({ after: null, limit: 1 })],
    ['the question for the newest event', () => store.head()],
    ['an append', () => store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 1))],
  ])('is not waited for by %s', { timeout: 10_000 }, async (_, ask) => {
    await expect(ask()).rejects.toThrow(StoreUnavailable)
  })
})
