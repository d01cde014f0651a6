import { EventStoreDbStandIn } from '../stand-ins/eventstoredb/event-store-db-stand-in.ts'

export interface OpenedStore {
  readonly environment: Readonly<Record<string, string>>
  /** Others have recorded in it, and will: whoever tests there opens a workspace of their own. */
  readonly shared: boolean
  close(): Promise<void>
}

export interface StoreUnderTest {
  readonly name: string
  open(): Promise<OpenedStore>
}

const sqlite: StoreUnderTest = { name: 'SQLite', open: async () => ({ environment: {}, shared: false, close: async () => {} }) }

const standIn: StoreUnderTest = {
  name: "a stand-in for EventStoreDB's protocol",
  open: async () => {
    const server = await new EventStoreDbStandIn().start()
    return { environment: { ANNAL_EVENT_STORE: server.connectionString }, shared: false, close: async () => void (await server.stop()) }
  },
}

/** Stores that begin empty: for a story with a simulated clock, which no other record may stand beside. */
export const ownEventStores: readonly StoreUnderTest[] = [sqlite, standIn]

const real = process.env.ANNAL_TEST_ESDB

/** What a story runs on: SQLite, the stand-in, and a real server where `ANNAL_TEST_ESDB` gives its connection string. */
export const eventStores: readonly StoreUnderTest[] =
  real === undefined
    ? ownEventStores
    : [
        ...ownEventStores,
        {
          name: 'EventStoreDB (ANNAL_TEST_ESDB)',
          open: async () => ({ environment: { ANNAL_EVENT_STORE: real }, shared: true, close: async () => {} }),
        },
      ]
