import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APPEND, driftDetected, TestServer } from '../testing/test-server.ts'

let server: TestServer
let service: string
let auditor: string
let workspace: string

beforeAll(async () => {
  server = await TestServer.start()
  workspace = (await server.signIn()).workspace
  service = await server.key(workspace)
  auditor = await server.key(workspace, 'AUDITOR')
})
afterAll(() => server.stop())

test.each(['/graphql', 'cloudevents'])('a compressed body is refused as that: %s', async (path) => {
  const address = path === '/graphql' ? path : `/w/${workspace}/api/v1/cloudevents`
  const headers = { authorization: service, 'content-encoding': 'gzip' }
  const answer = await server.post(address, gzipSync('{"query":"{ viewer { id } }"}'), headers)
  expect([answer.status, await answer.text()]).toEqual([415, expect.stringContaining('UNSUPPORTED_MEDIA_TYPE')])
})

const good = driftDetected()
const body = (events: unknown) => JSON.stringify({ query: APPEND, variables: { events } })
const text = body([good])
const deep = `{"query":${'['.repeat(200)}${']'.repeat(200)}}`

const document = (query: string) => JSON.stringify({ query })
const fragments = (count: number, spread: (next: string) => string) =>
  Array.from({ length: count }, (_, i) => `fragment f${i} on Query { ${spread(`...f${i + 1}`)} }`).join(' ')
const fragmentsEndingIn = (count: number, spread: (next: string) => string) =>
  document(`{ ...f0 } ${fragments(count, spread)} fragment f${count} on Query { viewer { id } }`)

const appending = (event: string) =>
  `mutation { append(events: [{ id: "${good.id}", occurredAt: "2026-04-14T08:05:00Z", event: { ${event} } }]) { position } }`
const inDocument = (value: string) =>
  appending(`driftDetected: { model: "cs", version: "7", kind: data, metric: "psi", value: ${value}, threshold: 0.2, window: "P7D" }`)
const reportOf = (report: string) =>
  appending(
    `lineageReported: { producer: "https://example.org/etl", eventTime: "2026-05-01T09:00:00Z", job: { namespace: "etl", name: "nightly" }, run: "${randomUUID()}", body: ${report} }`,
  )

const bodies: [string, string | Uint8Array, number, string][] = [
  ['no JSON', 'query', 400, 'BODY_NOT_JSON'],
  ['JSON that is cut off', text.slice(0, -2), 400, 'BODY_NOT_JSON'],
  ['an empty body', '', 400, 'BODY_NOT_JSON'],
  ['a list', '[]', 400, 'BAD_REQUEST'],
  ['no document', '{}', 400, 'BAD_REQUEST'],
  ['variables that are no object', '{"query":"{viewer{id}}","variables":[1]}', 400, 'BAD_REQUEST'],
  ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, 'BODY_NOT_UTF8'],
  ['a member named twice', text.replace('"value":0.27', '"value":0.27,"value":0.1'), 400, 'DUPLICATE_KEY'],
  ['half of a surrogate pair', text.replace('"psi"', '"\\ud800"'), 400, 'LONE_SURROGATE'],
  ['1e400', text.replace('0.27', '1e400'), 400, 'NUMBER_OUT_OF_RANGE'],
  ['an integer that would be rounded', text.replace('0.27', '9007199254740993'), 400, 'NUMBER_INEXACT'],
  ['nesting without end', deep, 400, 'TOO_DEEP'],
  ['10 MB', `{"query":"${'x'.repeat(10_000_000)}"}`, 413, 'BODY_TOO_LARGE'],
  ['no GraphQL', '{"query":"{ viewer {"}', 400, 'GRAPHQL_INVALID'],
  ['an unknown field of the API', '{"query":"{ nothing }"}', 400, 'GRAPHQL_INVALID'],
  ['fields nested too deep', `{"query":"{ ${'viewer { '.repeat(20)}id${' }'.repeat(20)} }"}`, 400, 'GRAPHQL_INVALID'],
  ['selections nested without end', document('{a'.repeat(20_000)), 400, 'TOO_DEEP'],
  ['lists in a document nested without end', document(`{ events(first: ${'['.repeat(20_000)}) { edges { cursor } } }`), 400, 'TOO_DEEP'],
  ['fragments that spread each other in a long chain', fragmentsEndingIn(3_000, (next) => next), 400, 'TOO_COSTLY'],
  ['fragments that double with each spread', fragmentsEndingIn(30, (next) => `${next} ${next}`), 400, 'TOO_COSTLY'],
  [
    'a member of a @oneOf that a variable leaves out',
    document(
      `mutation ($retired: ModelRetiredInput) { append(events: [{ id: "${good.id}", occurredAt: "2026-04-14T08:05:00Z", event: { modelRetired: $retired } }]) { position } }`,
    ),
    400,
    'BAD_USER_INPUT',
  ],
  ['an integer in a document that would be rounded', document(inDocument('9007199254740993')), 400, 'NUMBER_INEXACT'],
  ['an integer of JSON in a document that would be rounded', document(reportOf('{ rows: [9007199254740993] }')), 400, 'NUMBER_INEXACT'],
  ['1e400 in a document', document(inDocument('1e400')), 400, 'NUMBER_OUT_OF_RANGE'],
  ['two operations without a name', '{"query":"query A { viewer { id } } query B { viewer { id } }"}', 400, 'GRAPHQL_INVALID'],
  ['an unknown operation', '{"query":"query A { viewer { id } }","operationName":"B"}', 400, 'GRAPHQL_INVALID'],
  ['a subscription', '{"query":"subscription { eventAppended { id } }"}', 400, 'SUBSCRIPTION_OVER_HTTP'],
  ['an unknown persisted document', '{"extensions":{"persistedQuery":{"sha256Hash":"00"}}}', 400, 'PERSISTED_DOCUMENT_NOT_FOUND'],
  ['a wrong type', text.replace('0.27', '"much"'), 400, 'BAD_USER_INPUT'],
  ['an unknown event', text.replace('driftDetected', 'driftImagined'), 400, 'BAD_USER_INPUT'],
  ['an unknown field of an event', text.replace('"metric"', '"colour"'), 400, 'BAD_USER_INPUT'],
  [
    'two members of a @oneOf',
    body([{ ...good, event: { ...(good.event as object), modelRetired: { model: 'cs', reason: 'x' } } }]),
    400,
    'BAD_USER_INPUT',
  ],
  ['no member of a @oneOf', body([{ ...good, event: {} }]), 400, 'BAD_USER_INPUT'],
  ['an id that is no UUID', body([{ ...good, id: 'drift-1' }]), 400, 'BAD_USER_INPUT'],
  ['the nil UUID as id', body([{ ...good, id: '00000000-0000-0000-0000-000000000000' }]), 400, 'BAD_USER_INPUT'],
  ['an instant that is none', body([{ ...good, occurredAt: '2026-02-30T00:00:00Z' }]), 400, 'BAD_USER_INPUT'],
  ['1,001 events', body(Array.from({ length: 1_001 }, () => driftDetected())), 400, 'TOO_MANY_EVENTS'],
  ['variables that are missing', JSON.stringify({ query: APPEND }), 400, 'BAD_USER_INPUT'],
]

const refusals: [string, () => Record<string, unknown>, string][] = [
  ['a cause in another workspace', () => ({ ...driftDetected(), causationId: `ws_other.model-cs/${randomUUID()}` }), 'INVALID_EVENT'],
  ['a cause that is no event', () => ({ ...driftDetected(), causationId: 'model-cs' }), 'INVALID_EVENT'],
  ['a correlation that is no id', () => ({ ...driftDetected(), correlationId: 'Two Words' }), 'INVALID_EVENT'],
  ['the future', () => ({ ...driftDetected(), occurredAt: '2099-01-01T00:00:00Z' }), 'OCCURRED_IN_THE_FUTURE'],
  ['a stream of another workspace', () => driftDetected({ model: 'ws_other.model-cs/x' }), 'INVALID_EVENT'],
]

describe('bad input', () => {
  test.each(bodies)('%s gets a typed error, and the server lives', async (_what, sent, status, code) => {
    const response = await server.post('/graphql', sent, { authorization: service })
    const answer = await response.json()
    expect(response.status).toBe(status)
    expect(answer).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({
          message: expect.any(String),
          extensions: expect.objectContaining({ code, correlationId: expect.stringMatching(/^[0-9a-f]+-/) }),
        }),
      ]),
    })
    expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:|\.js:/)
    expect(await server.append(service, driftDetected())).toMatchObject([{ __typename: 'Receipt' }])
  })

  test.each(refusals)('%s is refused as an event', async (_what, event, code) => {
    expect(await server.append(service, event())).toMatchObject([{ __typename: 'Refusal', code }])
  })

  test('an event of more than 256 KiB is refused', async () => {
    const data = {
      producer: 'https://example.org/etl',
      eventTime: '2026-05-01T09:00:00Z',
      job: { namespace: 'etl', name: 'nightly' },
      run: randomUUID(),
      body: { text: Array.from({ length: 40 }, () => 'y'.repeat(8_000)) },
    }
    const event = { id: randomUUID(), occurredAt: '2026-05-01T09:00:00Z', event: { lineageReported: data } }
    expect(await server.append(service, event)).toMatchObject([
      { __typename: 'Refusal', code: expect.stringMatching(/EVENT_TOO_LARGE|INVALID_EVENT/) },
    ])
  })

  test('a media type that is not JSON is refused, a form included', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/graphql']) {
      const response = await server.post('/graphql', '{"query":"{ viewer { id } }"}', { authorization: service, 'content-type': type })
      expect(response.status).toBe(415)
    }
  })

  test('operations that cost too much are refused before they run', async () => {
    const aliases = Array.from({ length: 40 }, (_, i) => `a${i}: events(first: 500) { edges { node { id type raw data summary } } }`)
    expect(await server.graphql(auditor, `{ ${aliases.join(' ')} }`)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'TOO_COSTLY' } }],
    })
  })

  test('a credential that asks too often is told so', async () => {
    const slow = await server.key(workspace, 'SERVICE', 5)
    const answers = await Promise.all(Array.from({ length: 30 }, () => server.graphql(slow, '{ viewer { id } }')))
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(5)
    expect(answers.find(({ status }) => status === 429)).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', limit: 5 } }] })
  })

  test('introspection is for those who are signed in', async () => {
    const query = '{ __schema { types { name fields { name args { name type { name ofType { name ofType { name } } } } } } } }'
    expect(await server.graphql(service, query)).toMatchObject({ status: 200, errors: [] })
    expect(await server.graphql('', query)).toMatchObject({ status: 401 })
  })

  const unreadable: [string, string, number, string][] = [
    ['a line that is no request', 'NONSENSE\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'two lengths of a body',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
  ]
  test.each(unreadable)('HTTP that cannot be read (%s) gets a typed error', async (_what, sent, status, code) => {
    const answer = await new Promise<string>((resolve, reject) => {
      let received = ''
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(sent))
      socket.on('data', (data) => {
        received += data.toString()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(received))
    })
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({
      error: { code, message: expect.any(String), correlationId: expect.stringMatching(/^[0-9a-f]+-/) },
    })
  })

  const addresses: [string, string, string, number, string][] = [
    ['that means nothing', 'POST', '/nothing', 404, 'NOT_FOUND'],
    ['of a method that it has not', 'OPTIONS', '/graphql', 404, 'NOT_FOUND'],
    ['that is not well-formed', 'GET', '/%', 400, 'BAD_REQUEST'],
    ['that is not well-formed, posted to', 'POST', '/w/%ZZ/api/v1/cloudevents', 400, 'BAD_REQUEST'],
  ]
  test.each(addresses)('a URL %s gets a typed error', async (_what, method, path, status, code) => {
    const response = await fetch(`${server.url}${path}`, { method, headers: { authorization: service } })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String), correlationId: expect.any(String) } })
  })
})
