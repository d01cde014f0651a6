import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { inStream, START, someKeys } from '../append/ledger.contract.ts'
import { openLedger } from '../append/open-ledger.ts'
import { type EventStore, NO_STREAM, StoreCorrupt } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

describe('a stream of which an administrator of EventStoreDB took events away', () => {
  let server: EventStoreDbStandIn
  let store: EventStore
  const draft = inStream('deleted')
  const { stream } = draft

  beforeEach(async () => {
    server = await new EventStoreDbStandIn().start()
    store = openEventStoreDb({ connectionString: server.connectionString })
  })

  afterEach(async () => {
    await store.close()
    server.stop()
  })

  const setMetadata = (metadata: string) =>
    server.log.write(`$$${stream}`, 'any', [
      {
        id: crypto.randomUUID(),
        type: '$metadata',
        contentType: 'application/json',
        data: Buffer.from(metadata),
        metadata: new Uint8Array(),
      },
    ])
  const deleteStream = () => setMetadata('{"$tb":9223372036854775807}')
  const record = async () => {
    const { keys, cleanUp } = someKeys()
    const ledger = openLedger({ store, keys, now: () => START })
    return ledger.append([{ ...draft, id: crypto.randomUUID() }]).finally(async () => {
      await ledger.close()
      cleanUp()
    })
  }

  it('all, by deleting it, is not taken for one that was never written', async () => {
    await record()
    deleteStream()
    await expect(store.streamVersion(stream)).rejects.toThrow(StoreCorrupt)
    await expect(store.readStream(stream, { direction: 'forwards', limit: 10 })).rejects.toThrow(/was deleted/)
    expect(await store.streamVersion('ws_a.aisystem-never')).toBe(NO_STREAM)
  })

  it('all gets no event with a version that is not its own, which would stop every reader for good', async () => {
    await record()
    deleteStream()
    await expect(record()).rejects.toThrow(StoreCorrupt)
    expect(await store.readAll({ after: null, limit: 10 })).toHaveLength(1)
  })

  it.each(['{"$tb":1}', '{"$maxCount":1}'])('some, by %s, is read by nobody and appended to by nobody', async (metadata) => {
    await record()
    await record()
    setMetadata(metadata)
    await expect(store.readStream(stream, { direction: 'forwards', limit: 10 })).rejects.toThrow(/expected version 0, found 1/)
    await expect(record()).rejects.toThrow(StoreCorrupt)
  })

  it('all, because they expire, is not taken for one that was never written', async () => {
    await record()
    setMetadata('{"$maxAge":1}')
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await expect(store.readStream(stream, { direction: 'forwards', limit: 10 })).rejects.toThrow(/whose events expire/)
    await expect(record()).rejects.toThrow(StoreCorrupt)
  })
})
