import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { openEventStoreDb } from '../esdb/event-store-db.ts'
import type { EventStore } from '../event-store.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import { temporaryFolders } from '../sqlite/temporary-folder.ts'
import { expectedHead, headOf, ORIGIN, open, SealKit, someEvents } from './sealer-fixtures.contract.ts'

const folder = temporaryFolders()

async function sealedHead(store: EventStore, home: string) {
  const kit = new SealKit(home, store)
  const sealer = await kit.openSealer()
  const stopped = new AbortController()
  const following = sealer.follow(stopped.signal)
  await expect.poll(() => kit.shown.at(-1), { timeout: 30_000 }).toBe('ws_a 120')
  stopped.abort()
  await following
  const head = await headOf(sealer.book.current('ws_a'), kit.signingKeys)
  await sealer.close()
  return head
}

test('both stores give the same tree for the same events in the same order', async () => {
  const server = await new EventStoreDbStandIn().start()
  const [ours, theirs] = [folder(), folder()]
  const sqlite = openSqliteStore({ file: join(ours, 'events.db'), mode: 'write' })
  const esdb = openEventStoreDb({ connectionString: server.connectionString })
  for (const store of [sqlite, esdb]) {
    await open(store)
    await someEvents(store, 120)
  }
  const head = await sealedHead(sqlite, ours)
  expect(head).toEqual(await expectedHead(sqlite, ORIGIN))
  expect(await sealedHead(esdb, theirs)).toEqual(head)
  await sqlite.close()
  await esdb.close()
  await server.stop()
})
