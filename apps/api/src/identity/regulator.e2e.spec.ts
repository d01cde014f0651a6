import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fieldRoles } from '../graphql/field-roles.ts'
import { TestServer } from '../testing/test-server.ts'

const EXPORT = 'mutation ($input: ExportPackInput!) { exportPack(input: $input) { ... on Pack { id } } }'
const SHARE = 'mutation ($input: SharePackInput!) { sharePack(input: $input) { __typename } }'
const PACK = 'query ($id: ID!) { pack(id: $id) { id status } }'
const SHARED = '{ sharedPacks { edges { node { id } } } }'

let server: TestServer
let workspace: string
let administrator: string
let regulator: string
let shared: string
let kept: string

beforeAll(async () => {
  server = await TestServer.start()
  ;({ cookie: administrator, workspace } = await server.signIn())
  regulator = (await server.join(administrator, 'REGULATOR')).cookie
  ;[shared, kept] = [await exported(), await exported()]
  const input = { id: randomUUID(), pack: shared, role: 'REGULATOR', until: new Date(Date.now() + 86_400_000).toISOString() }
  await server.ask(administrator, SHARE, { input })
})
afterAll(() => server.stop())

async function exported(): Promise<string> {
  const input = { id: randomUUID(), purpose: 'A request', scope: { kind: 'FILTER', filter: { types: ['RoleGranted'] } } }
  const { id } = (await server.ask<{ exportPack: { id: string } }>(administrator, EXPORT, { input })).exportPack
  const status = async () => (await server.ask<{ pack: { status: string } }>(administrator, PACK, { id })).pack.status
  await vi.waitFor(async () => expect(await status()).toBe('READY'), { timeout: 120_000, interval: 200 })
  return id
}

const fetched = async (path: string) => (await fetch(`${server.url}${path}`, { headers: { cookie: regulator } })).status

describe('a regulator', () => {
  test('may ask for itself and for packs, and for nothing else', () => {
    const open = Object.entries(fieldRoles).flatMap(([field, roles]) => (roles.includes('REGULATOR') ? [field] : []))
    expect(open.sort()).toEqual(['Query.pack', 'Query.sharedPacks', 'Query.viewer'])
  })

  test('sees what is shared with the role, and of what is not that there is none', async () => {
    // The list is a view, and follows the record.
    const listed = { sharedPacks: { edges: [{ node: { id: shared } }] } }
    await vi.waitFor(async () => expect(await server.ask(regulator, SHARED)).toEqual(listed), { timeout: 20_000 })
    expect(await server.ask(regulator, PACK, { id: shared })).toMatchObject({ pack: { id: shared } })
    expect(await server.ask(regulator, PACK, { id: kept })).toEqual({ pack: null })
  })

  test('downloads what is shared, and finds every other door closed', async () => {
    expect(await fetched(`/packs/${shared}`)).toBe(200)
    expect([403, 404]).toContain(await fetched(`/packs/${kept}`))
    for (const format of ['csv', 'jsonl']) expect([403, 404]).toContain(await fetched(`/w/${workspace}/export/events.${format}`))
    const headers = { cookie: regulator, origin: server.url, 'content-type': 'application/cloudevents-batch+json' }
    expect((await server.post(`/w/${workspace}/api/v1/cloudevents`, [], headers)).status).toBe(403)
  })
})
