import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { inStream, START, someKeys } from '../append/ledger.contract.ts'
import { openLedger } from '../append/open-ledger.ts'
import { type EventStore, NO_STREAM, StoreCorrupt } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

describe('a stream that an administrator of EventStoreDB deleted', () => {
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

  const deleteStream = () =>
    server.log.write(`$$${stream}`, 'any', [
      {
        id: crypto.randomUUID(),
        type: '$metadata',
        contentType: 'application/json',
        data: Buffer.from('{"$tb":9223372036854775807}'),
        metadata: new Uint8Array(),
      },
    ])
  const record = async () => {
    const { keys, cleanUp } = someKeys()
    const ledger = openLedger({ store, keys, now: () => START })
    return ledger.append([{ ...draft, id: crypto.randomUUID() }]).finally(async () => {
      await ledger.close()
      cleanUp()
    })
  }

  it('is not taken for one that was never written', async () => {
    await record()
    deleteStream()
    await expect(store.streamVersion(stream)).rejects.toThrow(StoreCorrupt)
    await expect(store.readStream(stream, { direction: 'forwards', limit: 10 })).rejects.toThrow(/was deleted/)
    expect(await store.streamVersion('ws_a.aisystem-never')).toBe(NO_STREAM)
  })

  it('gets no event with a version that is not its own, which would stop every reader for good', async () => {
    await record()
    deleteStream()
    await expect(record()).rejects.toThrow(StoreCorrupt)
    expect(await store.readAll({ after: null, limit: 10 })).toHaveLength(1)
  })
})
