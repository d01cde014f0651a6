import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { driftDetected, TestServer } from '../testing/test-server.ts'

// Some start a server anew.
vi.setConfig({ testTimeout: 120_000 })

let server: TestServer
let workspace: string
let administrator: string

const ISSUE = `mutation ($input: IssueApiKeyInput!) { issueApiKey(input: $input) { __typename
  ... on IssuedApiKey { secret key { id name role issuedBy expiresAt revokedAt } } ... on InvalidApiKeyRequest { message } } }`
const REVOKE =
  'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename ... on RevokedApiKey { key { id revokedAt } } } }'

interface Issued {
  readonly issueApiKey: { readonly __typename: string; readonly secret: string; readonly key: { readonly id: string } }
}

const issue = async (input: Record<string, unknown>) =>
  (await server.ask<Issued>(administrator, ISSUE, { input: { name: 'Scoring', role: 'SERVICE', ...input } })).issueApiKey

beforeAll(async () => {
  server = await TestServer.start()
  const signedIn = await server.signIn()
  workspace = signedIn.workspace
  administrator = signedIn.cookie
})
afterAll(() => server.stop())

describe('signing in', () => {
  test('works once with a link whose token no server ever sees in a URL', async () => {
    const { hash, pathname } = new URL(server.signInLink)
    expect(pathname).toBe('/sign-in')
    const first = await server.post('/session', { token: hash.slice(1) })
    expect(await first.json()).toEqual({ workspace })
    expect(first.headers.get('set-cookie')).toMatch(/^annal_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/)
    const second = await server.post('/session', { token: hash.slice(1) })
    expect(second.status).toBe(401)
    expect(await second.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
  })

  test('leaves events, refused attempts included', async () => {
    const count = async () => {
      const { events } = await server.ask<{ events: { edges: { node: { type: string } }[] } }>(
        administrator,
        '{ events(filter: { types: [SignedIn] }) { edges { node { type } } } }',
      )
      return events.edges.length
    }
    await expect.poll(count).toBeGreaterThanOrEqual(2)
  })

  test('holds across a restart, and ends when the person signs out', async () => {
    const { cookie } = await server.signIn()
    await server.restart()
    expect(await server.graphql(cookie, '{ viewer { role workspace { name } } }')).toMatchObject({
      data: { viewer: { role: 'ADMINISTRATOR' } },
    })
    const out = await fetch(`${server.url}/session`, { method: 'DELETE', headers: { cookie, origin: server.url } })
    expect(out.status).toBe(204)
    expect(await server.graphql(cookie, '{ viewer { role } }')).toMatchObject({ status: 401 })
  })

  test('counts from our own pages only', async () => {
    const from = (origin: Record<string, string>) =>
      server.post('/graphql', { query: '{ viewer { id } }' }, { cookie: administrator, ...origin })
    expect((await from({ origin: server.url })).status).toBe(200)
    for (const origin of [{}, { origin: 'https://elsewhere.example' }, { origin: 'null' }] as Record<string, string>[]) {
      const response = await from(origin)
      expect([response.status, await response.json()]).toMatchObject([403, { errors: [{ extensions: { code: 'CROSS_SITE_REQUEST' } }] }])
    }
  })

  test('is not guessed: many attempts are slowed down', async () => {
    const attempts = await Promise.all(Array.from({ length: 30 }, () => server.post('/session', { token: 'guess' })))
    expect(attempts.map(({ status }) => status)).toContain(429)
  })
})

describe('API keys', () => {
  test('are shown once, listed without their secret, and work at once', async () => {
    const { secret, key } = await issue({ requestsPerSecond: 50 })
    expect(secret).toMatch(/^ak_[0-9a-f]{32}_[\w-]{43}$/)
    expect(key).toMatchObject({ name: 'Scoring', role: 'SERVICE', revokedAt: null, issuedBy: expect.stringMatching(/^per_/) })
    expect(await server.append(`Bearer ${secret}`, driftDetected())).toMatchObject([{ __typename: 'Receipt' }])
    const { apiKeys } = await server.ask<{ apiKeys: { edges: { node: { id: string } }[] } }>(
      administrator,
      '{ apiKeys { edges { node { id name role } } } }',
    )
    expect(apiKeys.edges[0]?.node.id).toBe(key.id)
    const events = await server.graphql(administrator, '{ events(filter: { types: [ApiKeyIssued] }) { edges { node { raw data } } } }')
    expect(JSON.stringify([apiKeys, events])).not.toContain(secret.slice(-43))
  })

  test('stop working when they are revoked, also after a restart', async () => {
    const { secret, key } = await issue({})
    const revoked = await server.ask(administrator, REVOKE, { input: { id: key.id, reason: 'Printed in a log.' } })
    expect(revoked).toMatchObject({ revokeApiKey: { __typename: 'RevokedApiKey', key: { id: key.id, revokedAt: expect.any(String) } } })
    const ask = () => server.graphql(`Bearer ${secret}`, '{ viewer { id } }')
    expect(await ask()).toMatchObject({ status: 401, errors: [{ message: 'The API key has been revoked.' }] })
    await server.restart()
    expect(await ask()).toMatchObject({ status: 401, errors: [{ message: 'The API key has been revoked.' }] })
  })

  test('stop working when they expire', async () => {
    const { secret } = await issue({ expiresAt: new Date(Date.now() + 5_000).toISOString() })
    const ask = () => server.graphql(`Bearer ${secret}`, '{ viewer { id } }')
    expect(await ask()).toMatchObject({ status: 200 })
    await new Promise((resolve) => setTimeout(resolve, 5_100))
    expect(await ask()).toMatchObject({ status: 401, errors: [{ message: 'The API key has expired.' }] })
  })

  test('are refused when they would decide, have no name or have expired already', async () => {
    for (const input of [
      { role: 'APPROVER' },
      { role: 'ADMINISTRATOR' },
      { name: ' ' },
      { name: 'two\nlines' },
      { expiresAt: '2020-01-01T00:00:00Z' },
      { requestsPerSecond: 0 },
    ])
      expect((await issue(input)).__typename).toBe('InvalidApiKeyRequest')
  })

  test('are not revoked for a reason that can not be recorded', async () => {
    const { secret, key } = await issue({})
    const { errors } = await server.graphql(administrator, REVOKE, { input: { id: key.id, reason: 'x'.repeat(4001) } })
    expect(errors).toMatchObject([{ message: '/reason: expected at most 4000 characters', extensions: { code: 'BAD_USER_INPUT' } }])
    expect(await server.graphql(`Bearer ${secret}`, '{ viewer { id } }')).toMatchObject({ status: 200 })
  })

  test('of which nobody knows can not be revoked', async () => {
    expect(await server.ask(administrator, REVOKE, { input: { id: 'ak_0' } })).toEqual({ revokeApiKey: { __typename: 'ApiKeyNotFound' } })
  })

  test('are issued by an operator over a socket that only he can open', async () => {
    expect(statSync(join(server.folder, 'annal.sock')).mode & 0o777).toBe(0o600)
    expect(statSync(server.folder).mode & 0o777).toBe(0o700)
    expect(
      await server.admin({ command: 'issue-key', workspace: 'ws_none', role: 'SERVICE', name: 'x', requestsPerSecond: null }),
    ).toMatchObject({ status: 'refused' })
    expect(await server.admin({ command: 'issue-key', workspace, role: 'SERVICE', name: 'x', requestsPerSecond: null })).toMatchObject({
      status: 'done',
    })
  })
})
