import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'

let server: TestServer
let workspace: string
let administrator: string
let auditor: string

beforeAll(async () => {
  server = await TestServer.start()
  const signedIn = await server.signIn()
  workspace = signedIn.workspace
  administrator = signedIn.cookie
  auditor = await server.key(workspace, 'AUDITOR')
})
afterAll(() => server.stop())

const APPEND = `mutation ($events: [EventEnvelopeInput!]!) {
  append(events: $events) { outcomes { ... on Receipt { position } ... on Refusal { code } } } }`
const REVOKE = 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { __typename } }'

interface Appended {
  readonly append: { readonly outcomes: readonly { readonly position?: string }[] } | null
}

test('nothing stands behind the revocation of the key that it came by', async () => {
  for (let round = 0; round < 8; round++) {
    const key = await server.key(workspace)
    const append = (n: number) =>
      server.graphql(key, APPEND, { events: [driftDetected({ model: `late-${n % 3}`, version: `${round}.${n}` })] })
    const before = Array.from({ length: 8 }, (_, n) => append(n))
    const revoked = server.ask(administrator, REVOKE, { id: keyOf(key) })
    const after = Array.from({ length: 8 }, (_, n) => append(8 + n))
    const answers = await Promise.all([...before, ...after])
    await revoked
    const at = await revocationOf(keyOf(key))
    const positions = answers.flatMap(
      ({ data }) => (data as Appended | null)?.append?.outcomes.flatMap(({ position }) => position ?? []) ?? [],
    )
    expect(positions.filter((position) => position > at)).toEqual([])
  }
})

describe('a request whose body ends after its credential did', () => {
  test('records nothing by a key that was revoked meanwhile', async () => {
    const key = await server.key(workspace)
    const events = [driftDetected({ model: 'slow', version: '1' })]
    const answer = await slowly({ authorization: key }, { query: APPEND, variables: { events } }, () =>
      server.ask(administrator, REVOKE, { id: keyOf(key) }),
    )
    expect(answer).toMatch(/^HTTP\/1\.1 401 .*"UNAUTHENTICATED"/s)
  })

  test('changes nothing by a role that was taken meanwhile', async () => {
    const { cookie, person } = await server.join(administrator, 'ADMINISTRATOR')
    const issue = 'mutation { issueApiKey(input: { name: "late", role: SERVICE }) { __typename } }'
    const take = 'mutation ($person: ID!) { revokeRole(input: { person: $person, role: ADMINISTRATOR, reason: "x" }) { __typename } }'
    const answer = await slowly({ cookie, origin: server.url }, { query: issue }, () => server.ask(administrator, take, { person }))
    expect(answer).toMatch(/^HTTP\/1\.1 401 .*"UNAUTHENTICATED"/s)
  })
})

/** Sends half of a body, and its rest after `meanwhile`. */
async function slowly(credential: Record<string, string>, content: object, meanwhile: () => Promise<unknown>): Promise<string> {
  const body = JSON.stringify(content)
  const { hostname, port, host } = new URL(server.url)
  const headers = { host, 'content-type': 'application/json', 'content-length': String(body.length), ...credential }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body.slice(0, 20)}`)
  await server.ask(auditor, '{ viewer { id } }')
  await meanwhile()
  socket.write(body.slice(20))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return answer.toString()
}

function keyOf(key: string): string {
  return /ak_[0-9a-f]{32}/.exec(key)?.[0] ?? ''
}

async function revocationOf(key: string): Promise<string> {
  const LAST = '{ events(filter: { types: [ApiKeyRevoked] }, first: 5) { edges { node { position data } } } }'
  const found = async () => {
    const { events } = await server.ask<{ events: { edges: { node: { position: string; data: { key: string } } }[] } }>(auditor, LAST)
    return events.edges.find(({ node }) => node.data.key === key)?.node.position
  }
  await expect.poll(found).toBeDefined()
  return (await found()) ?? ''
}
