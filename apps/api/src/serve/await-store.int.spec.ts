import { openEventStoreDb, StoreUnavailable } from '@annal/ledger'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EventStoreDbStandIn } from '../../../../test/stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { awaitStore } from './await-store.ts'

let server: EventStoreDbStandIn
let said: string[]

beforeEach(async () => {
  server = await new EventStoreDbStandIn().start()
  server.stop()
  said = []
})
afterEach(() => server.stop())

const awaited = async (patience?: number) => {
  const store = await openEventStoreDb({ connectionString: server.connectionString.replace('//', '//annal:its-own@') })
  await awaitStore(store, (line) => said.push(line), patience).finally(() => store.close())
}

test('a database that is started after Annal is waited for, and that is said', async () => {
  const waiting = awaited()
  setTimeout(() => void server.start(), 1_500)
  await waiting
  expect(said[0]).toMatch(/^Annal waits for its event store\. EventStoreDB: .*\n$/)
  expect(said.join()).not.toContain('its-own')
})

test('a database that does not come is not waited for for ever', async () => {
  await expect(awaited(300)).rejects.toThrow(StoreUnavailable)
})

test('what no waiting heals is told at once', async () => {
  const broken = { head: () => Promise.reject(new Error('broken')) }
  await expect(awaitStore(broken, (line) => said.push(line))).rejects.toThrow('broken')
  expect(said).toEqual([])
})
