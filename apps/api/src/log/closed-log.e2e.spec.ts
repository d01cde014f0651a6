import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NO_ANCHORS, parseVerifierKey, verifyPack } from '@annal/proof'
import { afterAll, expect, test } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'annal-'))
const backup = mkdtempSync(join(tmpdir(), 'annal-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
  rmSync(backup, { recursive: true })
})

interface LogAnswer {
  readonly log: { readonly state: string; readonly reason: string | null; readonly origin: string; readonly treeSize: string }
}

const LOG = '{ log { state reason origin treeSize } }'
const CONTINUE = `mutation C($input: ContinueLogInput!) { continueLog(input: $input) { __typename
  ... on Log { state origin treeSize } ... on DecisionRefused { reason message } ... on NotAllowed { message } } }`

const storeFiles = (of: string) => readdirSync(of).filter((name) => /^events\.db(-wal|-shm)?$/.test(name))

async function sealedSize(server: TestServer, cookie: string, size: number): Promise<void> {
  await expect
    .poll(async () => Number((await server.ask<LogAnswer>(cookie, LOG)).log.treeSize), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(size)
}

test('a store that is older than a published head closes the log, until an administrator continues it under a new origin', async () => {
  let server = await TestServer.start(folder)
  const { cookie, workspace } = await server.signIn()
  const service = await server.key(workspace)
  await server.append(service, driftDetected())
  await sealedSize(server, cookie, 4)
  const before = (await server.ask<LogAnswer>(cookie, LOG)).log
  expect(await server.ask(cookie, CONTINUE, { input: { id: randomUUID(), reason: 'For nothing.' } })).toMatchObject({
    continueLog: { __typename: 'DecisionRefused', reason: 'LOG_NOT_CLOSED' },
  })
  await server.close()
  for (const name of storeFiles(folder)) cpSync(join(folder, name), join(backup, name))

  server = await TestServer.start(folder)
  await server.append(service, driftDetected(), driftDetected())
  await sealedSize(server, cookie, Number(before.treeSize) + 2)
  await server.close()

  for (const name of storeFiles(folder)) rmSync(join(folder, name))
  for (const name of storeFiles(backup)) cpSync(join(backup, name), join(folder, name))
  server = await TestServer.start(folder)
  const [refusal] = await server.append(service, driftDetected())
  expect(refusal).toMatchObject({
    __typename: 'Refusal',
    code: 'LOG_BEHIND_PUBLISHED_HEAD',
    message: expect.stringContaining('the store went back'),
  })
  expect((await server.ask<LogAnswer>(cookie, LOG)).log).toMatchObject({ state: 'CLOSED', reason: expect.stringContaining('a head of') })
  const refused = await server.post('/session', { token: new URL(server.signInLink).hash.slice(1) })
  expect([refused.status, await refused.json()]).toMatchObject([503, { error: { code: 'LOG_BEHIND_PUBLISHED_HEAD' } }])
  const ready = await fetch(`${server.url}/health/ready`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ checks: { sealer: { status: 'failed', reason: expect.stringContaining('closed') } } })

  const input = { id: randomUUID(), reason: 'The store was restored from a backup.' }
  expect(await server.graphql(service, CONTINUE, { input })).toMatchObject({ data: { continueLog: { __typename: 'NotAllowed' } } })
  expect(await server.ask(cookie, CONTINUE, { input })).toMatchObject({
    continueLog: { __typename: 'Log', state: 'OPEN', origin: `${before.origin}~2` },
  })
  const [receipt] = await server.append(service, driftDetected())
  expect(receipt).toMatchObject({ __typename: 'Receipt' })
  await sealedSize(server, cookie, 2)
  const old = await fetch(`${server.url}/log/v1/${workspace}/checkpoint`)
  expect(await old.text()).toContain(`${before.origin}\n${Number(before.treeSize) + 2}\n`)
  expect(await (await fetch(`${server.url}/log/v1/${workspace}~2/checkpoint`)).text()).toContain(`${before.origin}~2\n`)

  await server.restart()
  expect((await server.ask<LogAnswer>(cookie, LOG)).log).toMatchObject({ state: 'OPEN', origin: `${before.origin}~2` })
  const again = await fetch(`${server.url}/health/ready`)
  expect(await again.json()).toMatchObject({ status: 'ok', checks: { projector: { status: 'ok' }, sealer: { status: 'ok' } } })
  const { cookie: theirs } = await server.signIn()
  const exporting = 'mutation ($input: ExportPackInput!) { exportPack(input: $input) { ... on Pack { id } } }'
  const wish = { id: randomUUID(), purpose: 'A request', scope: { kind: 'MODEL', thing: 'cs' } }
  const { exportPack } = await server.ask<{ exportPack: { id: string } }>(theirs, exporting, { input: wish })
  const download = () => fetch(`${server.url}/packs/${exportPack.id}`, { headers: { cookie: theirs } })
  await expect.poll(async () => (await download()).status).toBe(200)
  const pack = new Uint8Array(await (await download()).arrayBuffer())
  const source = { size: pack.length, read: (at: number, length: number) => pack.slice(at, at + length) }
  const keys = ((await verifyPack(source)).facts?.keys ?? []).map((key) => parseVerifierKey(key)).filter((key) => key !== null)
  const { outcome, verdicts } = await verifyPack(source, { ...NO_ANCHORS, keys })
  expect([outcome, verdicts.completeness.reason]).toEqual([
    'holds',
    expect.stringContaining(`This log continues ${before.origin} from size ${Number(before.treeSize) + 2} on`),
  ])
  const kept = new Uint8Array(await (await fetch(`${server.url}/log/v1/${workspace}/checkpoint`)).arrayBuffer())
  expect((await verifyPack(source, { ...NO_ANCHORS, keys, heads: [kept] })).outcome).toBe('consistent')
  await server.close()
}, 120_000)
