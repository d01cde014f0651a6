import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { describeEventStore } from '../event-store.contract.ts'
import { openEventStoreDb } from './event-store-db.ts'

describeEventStore('EventStoreDB (stand-in)', async () => {
  const server = await new EventStoreDbStandIn().start()
  const open = () => openEventStoreDb({ connectionString: server.connectionString })
  const store = open()
  return {
    store,
    reopen: async () => {
      await store.close()
      server.stop()
      await server.start()
      return open()
    },
    cleanUp: async () => server.stop(),
    startsEmpty: true,
  }
})

const connectionString = process.env['ANNAL_TEST_ESDB']
if (connectionString)
  describeEventStore('EventStoreDB (ANNAL_TEST_ESDB)', async () => ({ store: openEventStoreDb({ connectionString }), startsEmpty: false }))
else console.warn('ANNAL_TEST_ESDB is not set: the contract of an event store runs on the stand-in of EventStoreDB, not on a server.')
