import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'

const LIVE = 'subscription Live($filter: EventFilter) { eventAppended(filter: $filter) { type } }'
const INIT = { type: 'connection_init' }
const subscribe = (id: string, query: string = LIVE) => ({ id, type: 'subscribe', payload: { query } })

interface Told {
  readonly id?: string
  readonly type: string
  readonly payload?: unknown
}

const acknowledged = (told: readonly Told[]) => told.some(({ type }) => type === 'connection_ack')

/** A socket over which a client says whatever it likes. */
class RawSocket {
  readonly told: Told[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly open: Promise<void>
  private readonly socket: WebSocket

  constructor(url: string, authorization: string, protocols = ['graphql-transport-ws']) {
    this.socket = new WebSocket(url.replace('http', 'ws'), { protocols, headers: { authorization } } as never)
    this.open = new Promise((resolve) => this.socket.addEventListener('open', () => resolve()))
    this.closed = new Promise((resolve) => this.socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason })))
    this.socket.addEventListener('message', ({ data }) => this.told.push(JSON.parse(String(data))))
  }

  get protocol(): string {
    return this.socket.protocol
  }

  /** All at once, but for what comes behind an initialisation, which waits for its acknowledgement. */
  async say(...messages: unknown[]): Promise<void> {
    await this.open
    const [first, ...rest] = messages
    if (first === INIT) {
      this.socket.send(JSON.stringify(INIT))
      await this.until(acknowledged)
    }
    for (const message of first === INIT ? rest : messages)
      this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  async until(holds: (told: readonly Told[]) => boolean): Promise<void> {
    await expect.poll(() => holds(this.told), { timeout: 10_000 }).toBe(true)
  }

  close(): void {
    this.socket.close()
  }
}

let server: TestServer
let auditor: string
let service: string
let workspace: string
const opened: RawSocket[] = []

beforeAll(async () => {
  server = await TestServer.start()
  workspace = (await server.signIn()).workspace
  auditor = await server.key(workspace, 'AUDITOR')
  service = await server.key(workspace)
})
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close()
})
afterAll(() => server.stop())

function open(credential = auditor, protocols?: string[]): RawSocket {
  const socket = new RawSocket(`${server.url}/graphql`, credential, protocols)
  opened.push(socket)
  return socket
}

const nextOf = (id: string) => (told: readonly Told[]) => told.some((message) => message.id === id && message.type === 'next')

describe('a socket', () => {
  const closing: [string, unknown[], number][] = [
    ['two subscriptions with one id', [INIT, subscribe('1'), subscribe('1')], 4409],
    ['a second initialisation', [INIT, INIT], 4429],
    ['a subscription before the initialisation', [subscribe('1')], 4401],
    ['what is no JSON', [INIT, '{'], 4400],
    ['JSON that is no message', ['null'], 4400],
    ['a message of another type', [INIT, { type: 'start', id: '1', payload: { query: LIVE } }], 4400],
    ['a message that only servers send', [INIT, { type: 'next', id: '1', payload: {} }], 4400],
    ['a subscription without a document', [INIT, { id: '1', type: 'subscribe', payload: {} }], 4400],
    ['a subscription without an id', [INIT, { type: 'subscribe', payload: { query: LIVE } }], 4400],
    ['a document that is no text', [INIT, { id: '1', type: 'subscribe', payload: { query: 5 } }], 4400],
    ['variables that are no object', [INIT, { id: '1', type: 'subscribe', payload: { query: LIVE, variables: 5 } }], 4400],
  ]
  test.each(closing)('is closed for %s', async (_what, messages, code) => {
    const socket = open()
    await socket.say(...messages)
    expect(await socket.closed).toEqual({ code, reason: expect.stringMatching(/^[A-Z]/) })
  })

  test('is closed when it says nothing', async () => {
    const socket = open()
    await socket.open
    expect(await socket.closed).toMatchObject({ code: 4408 })
  })

  test('is closed at once when its key is revoked, also before it was initialised', async () => {
    const key = await server.key(workspace, 'AUDITOR')
    const socket = open(key)
    await socket.open
    await server.admin({ command: 'revoke-key', workspace, key: key.slice('Bearer '.length).split('_').slice(0, 2).join('_') })
    expect(await socket.closed).toMatchObject({ code: 4403 })
  })

  test('speaks the protocol that both know', async () => {
    const socket = open(auditor, ['graphql-ws', 'graphql-transport-ws'])
    await socket.open
    expect(socket.protocol).toBe('graphql-transport-ws')
  })

  test('answers a ping', async () => {
    const socket = open()
    await socket.say(INIT, { type: 'ping', payload: { n: 1 } })
    await socket.until((told) => told.some(({ type }) => type === 'pong'))
  })

  test('holds as many subscriptions as the schema says, and more once some have ended', async () => {
    const socket = open()
    await socket.say(INIT, ...Array.from({ length: 101 }, (_, i) => subscribe(String(i))))
    await socket.until((told) => told.some(({ type }) => type === 'error'))
    expect(socket.told.filter(({ type }) => type === 'error')).toEqual([
      {
        id: '100',
        type: 'error',
        payload: [{ message: expect.any(String), extensions: expect.objectContaining({ code: 'TOO_MANY_SUBSCRIPTIONS' }) }],
      },
    ])
    await socket.say({ id: '0', type: 'complete' }, subscribe('again'))
    await server.append(service, driftDetected())
    await socket.until(nextOf('again'))
    await socket.until((told) => told.filter(({ type }) => type === 'next').length === 100)
  })

  test('takes an id again whose subscription was ended', async () => {
    const socket = open()
    await socket.say(INIT, subscribe('1'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    await socket.say({ id: '1', type: 'complete' }, subscribe('1'))
    // The first looks for the last time 5 s after it began to wait.
    await new Promise((resolve) => setTimeout(resolve, 5_500))
    await server.append(service, driftDetected())
    await socket.until(nextOf('1'))
    expect(socket.told.map(({ type }) => type)).toEqual(['connection_ack', 'next'])
  }, 20_000)

  test('asks at the rate of its credential', async () => {
    const socket = open(await server.key(workspace, 'AUDITOR', 20))
    await socket.say(INIT, ...Array.from({ length: 60 }, (_, i) => subscribe(String(i), 'subscription { nothing }')))
    await socket.until((told) => told.filter(({ type }) => type === 'error').length === 60)
    const codes = socket.told.flatMap(({ payload }) => (payload as { extensions: { code: string } }[] | undefined) ?? [])
    expect(new Set(codes.map(({ extensions }) => extensions.code))).toEqual(new Set(['GRAPHQL_INVALID', 'RATE_LIMITED']))
  })
})
