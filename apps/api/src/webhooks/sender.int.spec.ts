import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type EventStore, type KeyStore, loadMasterKey, openKeyStore, openLedger, openSqliteStore, ReactionStore } from '@annal/ledger'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolders } from '../../../../libs/ledger/src/sqlite/temporary-folder.ts'
import { selfSigned } from '../../../../test/stand-ins/eventstoredb/self-signed.ts'
import { ownDraft, SERVER } from '../identity/record-access.ts'
import { Sender } from './sender.ts'

const WORKSPACE = 'ws_1'
const WEBHOOK = 'hook'

const folder = temporaryFolders()
let store: EventStore
let keys: KeyStore
let reactions: ReactionStore
let sender: Sender
let stopped: AbortController
let faults: unknown[]
const servers: Server[] = []

beforeEach(() => {
  const own = folder()
  store = openSqliteStore({ file: join(own, 'events.db'), mode: 'write' })
  keys = openKeyStore({ file: join(own, 'keys.db'), masterKey: loadMasterKey(join(own, 'master.key')), mode: 'write' })
  reactions = ReactionStore.open(join(own, 'reactions.db'))
  stopped = new AbortController()
  faults = []
  sender = new Sender({
    deliveries: reactions.deliveries,
    events: store,
    keys,
    reach: 'public-or-loopback',
    schedule: { first: 20, longest: 50, attempts: 3 },
    patience: 300,
    signal: stopped.signal,
    changed: () => {},
    failed: (error) => faults.push(error),
  })
})
afterEach(async () => {
  stopped.abort()
  await sender.stopped()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  reactions.close()
  keys.close()
  await store.close()
  expect(faults).toEqual([])
})

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A webhook with deliveries of so many events. */
async function owe(url: string, count = 1, withKey = true): Promise<string[]> {
  const at = new Date().toISOString()
  const drafts = Array.from({ length: count }, () =>
    ownDraft({
      type: 'QuotaSet',
      data: { resource: 'seats', limit: 5, unit: 'people' },
      workspace: WORKSPACE,
      actor: SERVER,
      at,
      id: randomUUID(),
    }),
  )
  const ledger = openLedger({ store, keys, now: Date.now })
  await ledger.append(drafts)
  await ledger.close()
  if (withKey) keys.makeWebhookKey(WORKSPACE, WEBHOOK, 'whk-1')
  const webhook = { workspace: WORKSPACE, id: WEBHOOK, url, state: 'enabled' as const, types: null, keyId: 'whk-1', configuredAt: at }
  const deliveries = drafts.map(({ id, stream, type }) => ({
    id: randomUUID(),
    workspace: WORKSPACE,
    webhook: WEBHOOK,
    stream,
    event: id,
    type,
  }))
  reactions.commit({ position: null, states: [], settled: [], armed: [], webhooks: [webhook], deliveries })
  sender.wake()
  return deliveries.map(({ id }) => id)
}

async function settled(id: string, ...states: string[]) {
  for (const until = Date.now() + 10_000; ; ) {
    const delivery = reactions.deliveries.delivery(WORKSPACE, id)
    if (delivery !== null && states.includes(delivery.state)) return delivery
    if (Date.now() > until) throw new Error(`expected ${states.join(' or ')}, found ${JSON.stringify(delivery)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const webhook = () => reactions.deliveries.webhooks()[0]

describe('a receiver that', () => {
  test('always fails is tried so often, then its webhook is paused; a replay goes on where it stopped', async () => {
    let count = 0
    let status = 500
    const port = await listen(
      createServer((_request, response) => {
        count++
        response.writeHead(status).end()
      }),
    )
    const [first = '', second = ''] = await owe(`http://127.0.0.1:${port}/`, 2)
    expect(await settled(first, 'given_up')).toMatchObject({ attempts: 3, lastStatus: 500, lastError: 'The receiver answered 500.' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(count).toBe(3)
    expect(webhook()).toMatchObject({ paused: true, failures: 3 })
    expect(reactions.deliveries.delivery(WORKSPACE, second)).toMatchObject({ state: 'waiting', attempts: 0 })

    status = 200
    reactions.deliveries.replay(WORKSPACE, first)
    sender.wake()
    await settled(first, 'delivered')
    await settled(second, 'delivered')
    expect(webhook()).toMatchObject({ paused: false, failures: 0, lastDelivery: expect.any(String) })
  })

  test('says 410 is not tried again', async () => {
    const port = await listen(createServer((_request, response) => response.writeHead(410).end()))
    const [id = ''] = await owe(`http://127.0.0.1:${port}/`)
    expect(await settled(id, 'given_up')).toMatchObject({ attempts: 1, lastStatus: 410 })
  })

  test('redirects is not followed', async () => {
    const paths: (string | undefined)[] = []
    const port = await listen(
      createServer((request, response) => {
        paths.push(request.url)
        response.writeHead(302, { location: '/elsewhere' }).end()
      }),
    )
    const [id = ''] = await owe(`http://127.0.0.1:${port}/here`)
    expect(await settled(id, 'given_up')).toMatchObject({ lastStatus: 302 })
    expect(new Set(paths)).toEqual(new Set(['/here']))
  })

  test('does not answer, or never ends its answer, has failed', async () => {
    const port = await listen(
      createServer((request, response) => {
        if (request.url === '/half') response.writeHead(200).write('…')
      }),
    )
    const [silent = ''] = await owe(`http://127.0.0.1:${port}/silent`)
    expect(await settled(silent, 'retrying', 'given_up')).toMatchObject({ lastStatus: null, lastError: 'no answer within 300 ms' })
    await settled(silent, 'given_up')
    const [half = ''] = await owe(`http://127.0.0.1:${port}/half`, 1, false)
    expect(await settled(half, 'retrying', 'given_up')).toMatchObject({ lastError: 'no answer within 300 ms' })
  })

  test('answers without end is cut off', async () => {
    const port = await listen(
      createServer((_request, response) => {
        response.writeHead(200)
        const more = setInterval(() => response.write('x'.repeat(30_000)), 2)
        response.on('close', () => clearInterval(more))
      }),
    )
    const [id = ''] = await owe(`http://127.0.0.1:${port}/`)
    expect(await settled(id, 'retrying', 'given_up')).toMatchObject({ lastError: expect.stringContaining('longer than') })
  })

  test('shows a certificate that nobody vouches for gets nothing', async () => {
    const { certificate, key } = selfSigned()
    let came = 0
    const port = await listen(
      createTlsServer({ cert: certificate, key }, (_request, response) => {
        came++
        response.end()
      }),
    )
    const [id = ''] = await owe(`https://localhost:${port}/`)
    expect(await settled(id, 'retrying', 'given_up')).toMatchObject({ lastStatus: null, lastError: expect.stringMatching(/self.signed/i) })
    expect(came).toBe(0)
  })

  test('is not there has failed', async () => {
    const port = await listen(createServer())
    await new Promise((resolve) => servers.pop()?.close(resolve))
    const [id = ''] = await owe(`http://127.0.0.1:${port}/`)
    expect(await settled(id, 'retrying', 'given_up')).toMatchObject({ lastError: expect.stringContaining('ECONNREFUSED') })
  })

  test('is in a network of the operator gets nothing', async () => {
    const [id = ''] = await owe('https://10.0.0.1/')
    expect(await settled(id, 'retrying', 'given_up')).toMatchObject({ lastError: expect.stringContaining('not a public address') })
  })
})

test('without its key nothing is sent', async () => {
  const [id = ''] = await owe('https://192.0.2.1/', 1, false)
  expect(await settled(id, 'retrying', 'given_up')).toMatchObject({ lastError: expect.stringContaining('signing key') })
})
