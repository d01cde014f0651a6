import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'

let server: TestServer
let service: string
let workspace: string

beforeAll(async () => {
  server = await TestServer.start()
  workspace = (await server.signIn()).workspace
  service = await server.key(workspace)
})
afterAll(() => server.stop())

const body = Buffer.alloc(10_000_000, 'x')

/** As clients do that look at the answer only when all is sent. */
function sendWhole(path: string, mediaType: string, framing: 'counted' | 'chunked'): Promise<string> {
  const { hostname, port, host } = new URL(server.url)
  const size = framing === 'counted' ? `content-length: ${body.length}` : 'transfer-encoding: chunked'
  const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: ${service}\r\ncontent-type: ${mediaType}\r\n${size}\r\n\r\n`
  const sent =
    framing === 'counted' ? body : Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.pause()
      socket.write(head)
      socket.write(sent, (error) => {
        if (error) return reject(error)
        socket.once('data', (answer) => {
          socket.destroy()
          resolve(answer.toString())
        })
        socket.resume()
      })
    })
    socket.once('error', reject)
  })
}

const ways = [
  ['GraphQL', 'counted', () => '/graphql', 'application/json'],
  ['GraphQL', 'chunked', () => '/graphql', 'application/json'],
  ['CloudEvents', 'counted', () => `/w/${workspace}/api/v1/cloudevents`, 'application/cloudevents+json'],
  ['CloudEvents', 'chunked', () => `/w/${workspace}/api/v1/cloudevents`, 'application/cloudevents+json'],
] as const

describe('a body of 10 MB', () => {
  test.each(ways)('sent to %s in whole, %s, gets its answer', async (_what, framing, path, mediaType) => {
    const answer = await sendWhole(path(), mediaType, framing)
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    expect(answer).toContain('BODY_TOO_LARGE')
    expect(await server.append(service, driftDetected())).toMatchObject([{ __typename: 'Receipt' }])
  })
})
