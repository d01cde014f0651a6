import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver as somebody would write one: it answers as it is told and keeps what came. */
class Receiver {
  readonly received: Received[] = []
  answer: (count: number) => number = () => 204
  private readonly server: Server

  constructor() {
    this.server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      this.received.push({ headers: request.headers, body })
      response.writeHead(this.answer(this.received.length)).end()
    })
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections()
    return new Promise((done) => this.server.close(done))
  }
}

const CONFIGURE = `mutation Configure($input: ConfigureWebhookInput!) { configureWebhook(input: $input) { __typename
  ... on WebhookConfigured { secret webhook { id url state types failing paused undelivered lastDelivery } }
  ... on InvalidInput { message path } ... on NotAllowed { message } } }`
const WEBHOOKS = '{ webhooks(first: 10) { edges { node { id state undelivered lastDelivery failing } } pageInfo { hasNextPage } } }'
const DELIVERIES = `query Deliveries($webhook: ID, $state: DeliveryState, $first: Int, $after: String) {
  deliveries(webhook: $webhook, state: $state, first: $first, after: $after) { edges { cursor node { id event type state attempts lastStatus lastError nextAttemptAt deliveredAt } }
    pageInfo { hasNextPage endCursor } } }`
const REPLAY =
  'mutation Replay($id: ID!) { replayDelivery(id: $id) { __typename ... on Delivery { id state attempts } ... on NotFound { message } } }'

interface Configured {
  readonly configureWebhook: {
    readonly __typename: string
    readonly secret: string | null
    readonly message: string
    readonly path: string | null
    readonly webhook: { readonly id: string; readonly state: string }
  }
}

interface Deliveries {
  readonly deliveries: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string
        readonly event: string
        readonly state: string
        readonly attempts: number
        readonly lastStatus: number | null
      }
    }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  }
}

let server: TestServer
let person: string
let workspace: string
let service: string
let receiver: Receiver
let url: string

beforeAll(async () => {
  server = await TestServer.start()
  ;({ cookie: person, workspace } = await server.signIn())
  service = await server.key(workspace)
})
afterAll(() => server.stop())
beforeEach(async () => {
  receiver = new Receiver()
  url = await receiver.start()
})
afterEach(() => receiver.stop())

async function configure(
  webhook: string,
  changes: Record<string, unknown> = {},
  credential = person,
): Promise<Configured['configureWebhook']> {
  const input = { id: randomUUID(), webhook, url, state: 'ENABLED', types: ['FeedbackRecorded', 'SystemChanged'], ...changes }
  return (await server.ask<Configured>(credential, CONFIGURE, { input })).configureWebhook
}

async function feedback(system: string, comments = 'fine'): Promise<string> {
  const id = randomUUID()
  const event = { feedbackRecorded: { system, phase: 'limited_beta', adoption: 0.5, comments } }
  await server.append(service, { id, occurredAt: new Date().toISOString(), event })
  return id
}

async function until(holds: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  for (const end = Date.now() + patience; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`expected it within ${patience} ms`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

const eventOf = ({ body }: Received): string => JSON.parse(body).data.id

describe('a webhook', () => {
  test('gets its events in order, signed with the secret that was shown once', async () => {
    const configured = await configure('signed')
    expect(configured).toMatchObject({
      __typename: 'WebhookConfigured',
      secret: expect.stringMatching(/^whsec_/),
      webhook: { id: 'signed', state: 'ENABLED' },
    })
    const ids = [await feedback('a'), await feedback('b'), await feedback('c')]
    await until(() => receiver.received.length === 3)
    expect(receiver.received.map(eventOf)).toEqual(ids)
    const key = Buffer.from((configured.secret ?? '').slice('whsec_'.length), 'base64')
    for (const { headers, body } of receiver.received) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
      expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
    }
  })

  test('can check what it gets with the lines of docs/webhooks.md', async () => {
    const { secret } = await configure('documented')
    await feedback('a')
    await until(() => receiver.received.length === 1)
    const { headers, body } = receiver.received[0] as Received
    const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/webhooks.md'), 'utf8')
    const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    const { isAuthentic } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)
    expect(isAuthentic(secret, headers, body)).toBe(true)
    expect(isAuthentic(secret, headers, `${body} `)).toBe(false)
    expect(isAuthentic(secret, { ...headers, 'webhook-timestamp': '1614265330' }, body)).toBe(false)
  })

  test('gets the readable form of an event, but nothing that is encrypted', async () => {
    await configure('readable')
    await feedback('a', 'The clerk Anna was rude.')
    await until(() => receiver.received.length === 1)
    const { body } = receiver.received[0] as Received
    expect(body).not.toContain('Anna')
    expect(JSON.parse(body)).toMatchObject({
      type: 'FeedbackRecorded',
      workspace,
      data: {
        type: 'FeedbackRecorded',
        about: ['aisystem:a'],
        data: { system: 'a', comments: { sealed: true } },
        sealed: [{ pointer: '/comments', kind: 'ENCRYPTED', readable: false }],
      },
    })
    expect(Object.keys(JSON.parse(body).data)).not.toEqual(expect.arrayContaining(['raw']))
  })

  test('gets an event again, under the same id, after its receiver failed; what comes after waits', async () => {
    await configure('failing')
    receiver.answer = (count) => (count === 1 ? 500 : 200)
    const ids = [await feedback('a'), await feedback('b')]
    await until(() => receiver.received.length === 3)
    expect(receiver.received.map(eventOf)).toEqual([ids[0], ids[0], ids[1]])
    expect(receiver.received[0]?.headers['webhook-id']).toBe(receiver.received[1]?.headers['webhook-id'])
    const states = async () =>
      (await server.ask<Deliveries>(person, DELIVERIES, { webhook: 'failing' })).deliveries.edges.map(({ node }) => [
        node.state,
        node.attempts,
      ])
    await until(async () => (await states()).every(([state]) => state === 'DELIVERED'))
    expect(await states()).toEqual([
      ['DELIVERED', 1],
      ['DELIVERED', 2],
    ])
  })

  test('that fails keeps no other waiting', async () => {
    const other = new Receiver()
    const otherUrl = await other.start()
    receiver.answer = () => 503
    await configure('slow-one')
    await configure('quick-one', { url: otherUrl })
    await feedback('a')
    await until(() => other.received.length === 1)
    await configure('slow-one', { state: 'REMOVED' })
    await configure('quick-one', { state: 'REMOVED' })
    await other.stop()
  })

  test('gets what it is owed after a restart of the server', async () => {
    await configure('owed')
    receiver.answer = () => 500
    const id = await feedback('a')
    await until(() => receiver.received.length === 1)
    await server.restart()
    ;({ cookie: person } = await server.signIn())
    service = await server.key(workspace)
    receiver.answer = () => 200
    await until(() => receiver.received.length === 2, 30_000)
    expect(receiver.received.map(eventOf)).toEqual([id, id])
  })

  test('that is switched off gets nothing, and goes on when it is switched on', async () => {
    await configure('switched')
    await configure('switched', { state: 'DISABLED' })
    await feedback('a')
    await configure('switched', { state: 'ENABLED' })
    const id = await feedback('b')
    await until(() => receiver.received.length === 1)
    expect(receiver.received.map(eventOf)).toEqual([id])
  })

  test('gets a new secret when asked, and the old one signs nothing more', async () => {
    const first = await configure('rotated')
    expect((await configure('rotated')).secret).toBeNull()
    const second = await configure('rotated', { rotateSecret: true })
    expect(second.secret).not.toBe(first.secret)
    await feedback('a')
    await until(() => receiver.received.length === 1)
    const { headers, body } = receiver.received[0] as Received
    const key = Buffer.from((second.secret ?? '').slice('whsec_'.length), 'base64')
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
  })

  test('that was removed is owed nothing', async () => {
    receiver.answer = () => 500
    await configure('removed')
    await feedback('a')
    await until(() => receiver.received.length === 1)
    await configure('removed', { state: 'REMOVED' })
    const { deliveries } = await server.ask<Deliveries>(person, DELIVERIES, { webhook: 'removed' })
    expect(deliveries.edges.map(({ node }) => node.state)).toEqual(['GIVEN_UP'])
    const { webhooks } = await server.ask<{ webhooks: { edges: { node: { id: string } }[] } }>(person, WEBHOOKS)
    expect(webhooks.edges.map(({ node }) => node.id)).not.toContain('removed')
    expect(await server.ask(person, REPLAY, { id: deliveries.edges[0]?.node.id })).toMatchObject({
      replayDelivery: { __typename: 'NotFound' },
    })
  })

  test('is removed whatever is said of its address, once, and comes back with a new secret', async () => {
    const first = await configure('short-lived')
    expect(await configure('short-lived', { state: 'REMOVED', url: 'nonsense' })).toMatchObject({
      __typename: 'WebhookConfigured',
      secret: null,
      webhook: { url, state: 'REMOVED' },
    })
    expect(await configure('short-lived', { state: 'REMOVED' })).toMatchObject({ __typename: 'InvalidInput', path: '/webhook' })
    const { secret } = await configure('short-lived')
    expect([secret === null, secret === first.secret]).toEqual([false, false])
  })
})

describe('deliveries', () => {
  test('are listed newest first, page by page, and sent again when asked', async () => {
    await configure('listed')
    const ids = [await feedback('a'), await feedback('b'), await feedback('c')]
    await until(() => receiver.received.length === 3)
    const page = (variables: Record<string, unknown>) => server.ask<Deliveries>(person, DELIVERIES, { webhook: 'listed', ...variables })
    await until(async () => (await page({ state: 'DELIVERED' })).deliveries.edges.length === 3)
    const { deliveries: first } = await page({ first: 2 })
    const { deliveries: second } = await page({ first: 2, after: first.pageInfo.endCursor })
    expect([...first.edges, ...second.edges].map(({ node }) => node.event)).toEqual(ids.toReversed())
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])

    const again = first.edges[0]?.node.id
    await server.ask(person, REPLAY, { id: again })
    await until(() => receiver.received.length === 4)
    expect(receiver.received[3]?.headers['webhook-id']).toBe(again)
    expect(await server.ask(person, REPLAY, { id: randomUUID() })).toMatchObject({ replayDelivery: { __typename: 'NotFound' } })
  })
})

describe('a configuration', () => {
  test.each([
    ['http://hooks.example/x', /https/],
    ['https://user:secret@hooks.example/', /user or password/],
    ['ftp://127.0.0.1/', /https/],
    ['nonsense', /address/],
    ['http://10.0.0.1/', /https/],
  ])('with the address %s is refused', async (bad, message) => {
    expect(await configure('bad', { url: bad })).toMatchObject({
      __typename: 'InvalidInput',
      path: '/url',
      message: expect.stringMatching(message),
    })
  })

  test('keeps an address as it is sent, in ASCII', async () => {
    expect(await configure('abroad', { url: ' https://exämple.test/ä?ö ' })).toMatchObject({
      webhook: { url: 'https://xn--exmple-cua.test/%C3%A4?%C3%B6' },
    })
    expect(await configure('long', { url: `https://example.test/${'ä'.repeat(500)}` })).toMatchObject({
      __typename: 'InvalidInput',
      path: '/url',
    })
  })

  test('is refused under an id that made another', async () => {
    const id = randomUUID()
    await configure('other', { id })
    for (const change of [{ url: `${url}/other` }, { state: 'DISABLED' }, { types: ['FeedbackRecorded'] }])
      expect(await configure('other', { id, ...change })).toMatchObject({ __typename: 'InvalidInput', path: '/id' })
  })

  test('is made once, however often it is sent; the secret is shown once', async () => {
    const id = randomUUID()
    const first = await configure('repeated', { id })
    const second = await configure('repeated', { id })
    expect([first.secret === null, second.secret]).toEqual([false, null])
    const recorded = async (stream: string) => {
      const query = 'query ($stream: String!) { events(filter: { stream: $stream }) { edges { node { data actor { kind } } } } }'
      const { events } = await server.ask<{ events: { edges: { node: unknown }[] } }>(person, query, { stream })
      return events.edges.map(({ node }) => node)
    }
    // Once what comes behind them is visible, so is a second event of the repeated input.
    await configure('behind')
    await until(async () => (await recorded('ledger-webhook~behind')).length === 1)
    const events = await recorded('ledger-webhook~repeated')
    expect(events).toMatchObject([{ actor: { kind: 'PERSON' } }])
    expect(JSON.stringify(events)).not.toContain('whsec_')
  })

  test('is the business of administrators', async () => {
    const auditor = await server.key(workspace, 'AUDITOR')
    expect(await configure('mine', {}, auditor)).toMatchObject({ __typename: 'NotAllowed' })
    expect(await configure('mine', {}, service)).toMatchObject({ __typename: 'NotAllowed' })
    expect((await server.graphql(service, WEBHOOKS)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect((await server.graphql(auditor, WEBHOOKS)).errors).toEqual([])
  })
})

test('what is undelivered is measured', async () => {
  receiver.answer = () => 500
  await configure('measured')
  await feedback('a')
  await until(() => receiver.received.length === 1)
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text()
  await until(async () => Number(/^annal_webhook_undelivered (\d+)$/m.exec(await metrics())?.[1] ?? 0) > 0)
  expect(await metrics()).toMatch(/^annal_reactions_behind_events \d+$/m)
  await configure('measured', { state: 'REMOVED' })
})
