import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LiveClient } from '../testing/live-client.ts'
import { TestServer } from '../testing/test-server.ts'
import { PersistedDocuments } from './persisted-documents.ts'

const known = 'query WhoAmI { viewer { role } }'
const sha256Hash = hash('sha256', known, 'hex')
const tail = 'subscription Tail($after: Position) { eventAppended(after: $after) { position } }'
const folder = mkdtempSync(join(tmpdir(), 'annal-'))
let server: TestServer
let session: Record<string, string>

beforeAll(async () => {
  mkdirSync(join(folder, 'web'))
  writeFileSync(
    join(folder, 'web', 'persisted-documents.json'),
    JSON.stringify({ [sha256Hash]: known, [hash('sha256', tail, 'hex')]: tail }),
  )
  server = await TestServer.start(folder)
  session = { cookie: (await server.signIn()).cookie, origin: server.url }
})
afterAll(() => server.stop())

describe('with the dashboard’s documents at hand', () => {
  const send = async (body: unknown, headers = session) => {
    const response = await server.post('/graphql', body, headers)
    return { status: response.status, body: await response.json() }
  }

  test('a session may send them, whole or by their digest', async () => {
    const answer = { status: 200, body: { data: { viewer: { role: 'ADMINISTRATOR' } } } }
    expect(await send({ query: known })).toEqual(answer)
    expect(await send({ extensions: { persistedQuery: { version: 1, sha256Hash } } })).toEqual(answer)
  })

  test('a session may send no others', async () => {
    expect(await send({ query: `${known} ` })).toMatchObject({
      status: 403,
      body: { errors: [{ extensions: { code: 'FREE_DOCUMENT_REFUSED' } }] },
    })
  })

  test('a session may follow events by them, and by no others', async () => {
    const follow = (query: unknown, headers = session) =>
      new LiveClient(`${server.url}/graphql`, headers as Record<string, string>, query as string, { after: '0' })
    const known = follow(tail)
    await known.until(({ positions }) => positions.length > 0)
    known.close()
    const free = follow(`${tail} `)
    await free.until(({ problems }) => problems.length > 0)
    expect([free.positions, free.problems]).toMatchObject([[], [[{ extensions: { code: 'FREE_DOCUMENT_REFUSED' } }]]])
    free.close()
    const forged = follow({ ...parse('subscription { eventAppended(after: "0") { position raw } }'), loc: { source: { body: tail } } })
    await forged.until(({ closed }) => closed !== null)
    expect([forged.positions, forged.closed]).toEqual([[], { code: 4400 }])
    const { workspace } = await server.signIn()
    const byKey = follow(`${tail} `, { authorization: await server.key(workspace, 'AUDITOR') } as never)
    await byKey.until(({ positions }) => positions.length > 0)
    byKey.close()
  })

  test('a key may send any', async () => {
    const { workspace } = await server.signIn()
    expect(await send({ query: '{ viewer { role } }' }, { authorization: await server.key(workspace) })).toMatchObject({ status: 200 })
  })

  test('a manifest that is not what it says fails the start', () => {
    const manifest = join(folder, 'wrong.json')
    writeFileSync(manifest, JSON.stringify({ [sha256Hash]: 'query Other { viewer { id } }' }))
    expect(() => PersistedDocuments.load(manifest)).toThrow(`expected the persisted document ${sha256Hash}`)
  })
})
