import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { someEvents } from '../event-store.contract.ts'
import { AppendUncertain, type EventStore, NO_STREAM, StoreUnavailable } from '../event-store.ts'
import { openEventStoreDb } from './event-store-db.ts'

const STREAM = 'ws_a.aisystem-a'

describe('a node of an EventStoreDB cluster that follows, and does not have everything yet', () => {
  let follower: EventStoreDbStandIn
  let leader: EventStoreDbStandIn
  let store: EventStore

  beforeEach(async () => {
    follower = await new EventStoreDbStandIn().start()
    leader = await new EventStoreDbStandIn().start()
    follower.follow(leader)
  })

  afterEach(async () => {
    await store.close()
    follower.stop()
    leader.stop()
  })

  it('is left for the one that leads, by who appends', async () => {
    store = openEventStoreDb({ connectionString: follower.connectionString })
    const events = someEvents(STREAM, 0, 2)
    expect(await untilAnswered(() => store.append(STREAM, NO_STREAM, events))).toMatchObject({ status: 'appended' })
    expect(leader.log.stream(STREAM)).toHaveLength(2)
  })

  it('is left for the one that leads, by who reads and who follows the log', async () => {
    const writer = openEventStoreDb({ connectionString: leader.connectionString })
    await writer.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 2))
    await writer.close()
    store = openEventStoreDb({ connectionString: follower.connectionString })
    for await (const batch of store.subscribe({ after: null, signal: new AbortController().signal }))
      if (batch.some(({ streamVersion }) => streamVersion === 1)) break
    expect(await untilAnswered(() => store.streamVersion(STREAM))).toBe(1)
  })

  it('is read from where the connection string prefers it', async () => {
    store = openEventStoreDb({ connectionString: `${follower.connectionString}&nodePreference=follower` })
    expect(await store.streamVersion(STREAM)).toBe(NO_STREAM)
    expect(leader.calls.size).toBe(0)
  })
})

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AppendUncertain || error instanceof StoreUnavailable)) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}
