import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { openEventStoreDb } from '../esdb/event-store-db.ts'
import { MemoryStore } from '../memory-store.ts'
import { describeLedger } from './ledger.contract.ts'

describeLedger('EventStoreDB (stand-in)', async () => {
  const server = await new EventStoreDbStandIn().start()
  const open = () => openEventStoreDb({ connectionString: server.connectionString })
  return { store: open(), another: open, cleanUp: async () => server.stop() }
})

describeLedger('a store without a disk', async () => {
  const store = new MemoryStore()
  return { store, another: () => store }
})
