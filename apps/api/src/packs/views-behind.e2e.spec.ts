import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'

const EVENTS = 12_000
const BATCH = 1_000
const EXPORT = 'mutation ($input: ExportPackInput!) { exportPack(input: $input) { ... on Pack { id } } }'
const PACK = 'query ($id: ID!) { pack(id: $id) { status problem events } }'

let server: TestServer
afterAll(() => server.stop())

test('given views that are behind the record, a pack waits for them: nothing that it should hold is missing', async () => {
  server = await TestServer.start()
  const { workspace } = await server.signIn()
  const key = await server.key(workspace)
  for (let sent = 0; sent < EVENTS; sent += BATCH)
    await server.append(key, ...Array.from({ length: BATCH }, () => driftDetected({ model: 'cs', systems: ['credit-scoring'] })))
  await server.close()
  for (const name of ['views.db', 'search.db'])
    for (const end of ['', '-wal', '-shm']) rmSync(join(server.folder, name + end), { force: true })
  await server.restart()
  const { cookie } = await server.signIn()
  const input = { id: randomUUID(), purpose: 'A request', scope: { kind: 'SYSTEM', thing: 'credit-scoring' } }
  const { id } = (await server.ask<{ exportPack: { id: string } }>(cookie, EXPORT, { input })).exportPack
  const pack = async () => (await server.ask<{ pack: { status: string; events: number | null } }>(cookie, PACK, { id })).pack
  await vi.waitFor(async () => expect((await pack()).status).not.toBe('BUILDING'), { timeout: 60_000, interval: 300 })
  expect(await pack()).toMatchObject({ status: 'READY', problem: null, events: EVENTS })
}, 120_000)
