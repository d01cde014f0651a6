import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APPEND, driftDetected, TestServer } from '../testing/test-server.ts'

let server: TestServer
let service: string
let workspace: string

beforeAll(async () => {
  server = await TestServer.start()
  workspace = (await server.signIn()).workspace
  service = await server.key(workspace)
})
afterAll(() => server.stop())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: { data?: unknown; errors?: { extensions: { code: string } }[]; error?: { code: string } }
}

/** Without a content-length: each part is a chunk of its own. */
function send(parts: readonly (string | Buffer)[], path = '/graphql', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server.url}${path}`,
      { method: 'POST', headers: { authorization: service, 'content-type': 'application/json', ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(Buffer.concat(chunks).toString()) }),
        )
      },
    )
    sent.on('error', reject)
    for (const part of parts) sent.write(part)
    sent.end()
  })
}

const whoAmI = '{"query":"{ viewer { role } }"}'
const role = { data: { viewer: { role: 'SERVICE' } } }

describe('POST /graphql', () => {
  test('answers whole: its type, its length, and a connection that stays', async () => {
    const { status, headers, body } = await send([whoAmI])
    expect([status, body]).toEqual([200, role])
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(JSON.stringify(role).length),
      connection: 'keep-alive',
    })
  })

  test('takes a body in as many parts as it comes, split within a character too', async () => {
    const id = '0192d3a4-5b6c-7d8e-9f01-23456789abcd'
    const bytes = Buffer.from(
      JSON.stringify({ query: APPEND, variables: { events: [driftDetected({ window: 'P7D', metric: 'psi ≤ 1' }, id)] } }),
    )
    const within = bytes.indexOf('≤') + 1
    const { body } = await send([bytes.subarray(0, 10), bytes.subarray(10, within), bytes.subarray(within)])
    expect(body).toMatchObject({ data: { append: { outcomes: [{ id }] } } })
  })

  test('takes any case and parameters of the media type, and no other type that begins like it', async () => {
    expect(await send([whoAmI], '/graphql', { 'content-type': 'Application/JSON; charset=utf-8' })).toMatchObject({ status: 200 })
    for (const type of ['application/jsonp', 'application/json-seq', ''])
      expect(await send([whoAmI], '/graphql', { 'content-type': type })).toMatchObject({
        status: 415,
        body: { errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] },
      })
  })

  test('checks the workspace that its path names', async () => {
    expect(await send([whoAmI], `/w/${workspace}/graphql`)).toMatchObject({ status: 200, body: role })
    expect(await send([whoAmI], `/w/${workspace}/graphql?from=script`)).toMatchObject({ status: 200, body: role })
    expect(await send([whoAmI], '/w/ws_other/graphql')).toMatchObject({
      status: 404,
      body: { errors: [{ extensions: { code: 'WORKSPACE_NOT_FOUND' } }] },
    })
    for (const path of ['/graphql/', '/graphqls', '/%67raphql', '/w//graphql'])
      expect(await send([whoAmI], path)).toMatchObject({ status: 404 })
  })

  test('names what a credential must look like', async () => {
    const { status, headers } = await send([whoAmI], '/graphql', { authorization: 'Bearer ak_0' })
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer realm="annal"'])
  })

  test('takes the scheme of a credential in any case, as HTTP does', async () => {
    const key = service.slice('Bearer '.length)
    for (const scheme of ['bearer', 'BEARER'])
      expect(await send([whoAmI], '/graphql', { authorization: `${scheme} ${key}` })).toMatchObject({ status: 200 })
    for (const authorization of [`Basic ${key}`, key, `Bearer${key}`])
      expect(await send([whoAmI], '/graphql', { authorization })).toMatchObject({ status: 401 })
  })

  test('says when to come again to whoever asks too often', async () => {
    const authorization = await server.key(workspace, 'SERVICE', 1)
    const answers = await Promise.all(Array.from({ length: 20 }, () => send([whoAmI], '/graphql', { authorization })))
    expect(answers.find(({ status }) => status === 429)).toMatchObject({
      headers: { 'retry-after': '1' },
      body: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] },
    })
  })

  test('stops reading a body of no declared length at 4 MiB, and ends the connection', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      let received = ''
      socket.on('data', (data) => {
        received += data.toString()
      })
      socket.on('error', () => undefined) // A reset after the answer.
      socket.on('close', () => resolve(received))
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: annal\r\nauthorization: ${service}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
      )
      for (let i = 0; i < 5; i++) socket.write(`100000\r\n${'x'.repeat(0x100000)}\r\n`)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toMatch(/connection: close/i)
    expect(answer).toContain('BODY_TOO_LARGE')
  })

  test('outlives senders that go away in the middle of a body or before the answer', async () => {
    for (const length of [1_000, whoAmI.length]) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      socket.end(
        `POST /graphql HTTP/1.1\r\nhost: annal\r\nauthorization: ${service}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${whoAmI}`,
        () => socket.destroy(),
      )
      await new Promise((resolve) => socket.on('close', resolve))
    }
    expect(await send([whoAmI])).toMatchObject({ status: 200 })
  })
})
