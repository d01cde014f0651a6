import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const HOUR = 3_600_000
let server: TestServer

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  server = await TestServer.start()
})
afterAll(async () => {
  await server.stop()
  vi.useRealTimers()
})

const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)
const status = async (cookie: string) => (await server.graphql(cookie, '{ viewer { id } }')).status

async function causes(cookie: string, person: string): Promise<unknown[]> {
  const document = 'query ($stream: String) { events(filter: { stream: $stream, types: [SignInRefused] }) { edges { node { data } } } }'
  interface Trail {
    readonly events: { readonly edges: readonly { readonly node: { readonly data: { readonly because: string } } }[] }
  }
  const { events } = await server.ask<Trail>(cookie, document, { stream: `person-${person}` })
  return events.edges.map(({ node }) => node.data.because)
}

describe('time ends', () => {
  test('an invitation after seven days, and says so in the record', async () => {
    const { cookie } = await server.signIn()
    const invite = async () => {
      const document = `mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { ... on Invited { link invitation { person } } } }`
      const input = { email: `${randomUUID()}@bank.example`, role: 'AUDITOR' }
      return (await server.ask<{ invitePerson: { link: string; invitation: { person: string } } }>(cookie, document, { input }))
        .invitePerson
    }
    const [early, late] = [await invite(), await invite()]
    pass(7 * 24 * HOUR - 1_000)
    expect(await status((await server.open(early.link)).cookie)).toBe(200)
    pass(2_000)
    expect((await server.post('/session', { token: new URL(late.link).hash.slice(1) })).status).toBe(401)
    expect((await server.post('/session', { token: new URL(early.link).hash.slice(1) })).status).toBe(401)
    const administrator = (await server.signIn()).cookie
    await expect.poll(() => causes(administrator, late.invitation.person), { timeout: 30_000 }).toEqual(['expired'])
    await expect.poll(() => causes(administrator, early.invitation.person), { timeout: 30_000 }).toEqual(['used'])
  })

  test('an operator’s link after fifteen minutes', async () => {
    const link = server.signInLink
    pass(15 * 60_000)
    expect((await server.post('/session', { token: new URL(link).hash.slice(1) })).status).toBe(401)
  })

  test('a session that nobody uses after two hours, one that is used after twelve', async () => {
    const [idle, used] = [(await server.signIn()).cookie, (await server.signIn()).cookie]
    pass(1.5 * HOUR)
    expect(await status(used)).toBe(200)
    pass(HOUR)
    expect([await status(idle), await status(used)]).toEqual([401, 200])
    for (let hours = 0; hours < 9; hours++) {
      pass(HOUR)
      expect(await status(used)).toBe(200)
    }
    pass(HOUR)
    expect(await status(used)).toBe(401)
  })
})
