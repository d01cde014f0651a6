import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestServer } from '../../apps/api/src/testing/test-server.ts'
import { EventStoreDbStandIn } from '../stand-ins/eventstoredb/event-store-db-stand-in.ts'
import { Browser } from './browser.ts'

const OPEN = 'mutation { openWorkspace(input: { name: "Opened elsewhere" }) { ... on Workspace { id } } }'
const MINE = '{ myWorkspaces { workspace { id } roles } }'

interface Mine {
  readonly myWorkspaces: readonly { readonly workspace: { readonly id: string }; readonly roles: readonly string[] }[]
}

const store = new EventStoreDbStandIn()
let first: TestServer
let second: TestServer

beforeAll(async () => {
  const environment = { ANNAL_EVENT_STORE: (await store.start()).connectionString }
  first = await TestServer.start(undefined, [], environment)
  second = await TestServer.start(undefined, [], environment)
}, 180_000)

afterAll(async () => {
  await first?.stop()
  await second?.stop()
  await store.stop()
})

it('a workspace that one process opens is known to the other over the same store, and so is who may enter it', async () => {
  const [here, there] = [new Browser(first.url), new Browser(second.url)]
  await here.open(first.signInLink)
  await there.open(second.signInLink)
  const { openWorkspace } = await here.ask<{ openWorkspace: { id: string } }>(OPEN)
  const known = async () => (await there.ask<Mine>(MINE)).myWorkspaces.map(({ workspace, roles }) => [workspace.id, roles])
  await expect.poll(known, { timeout: 20_000 }).toContainEqual([openWorkspace.id, ['ADMINISTRATOR']])
  expect(await there.ask('{ viewer { roles } }', {}, `/w/${openWorkspace.id}/graphql`)).toEqual({ viewer: { roles: ['ADMINISTRATOR'] } })
})
