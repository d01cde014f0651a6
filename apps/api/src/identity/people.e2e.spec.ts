import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { LiveClient } from '../testing/live-client.ts'
import { TestServer } from '../testing/test-server.ts'

// Some start a server anew.
vi.setConfig({ testTimeout: 120_000 })

let server: TestServer
let administrator: string
let workspace: string
let me: string

interface Answer {
  readonly answer: Record<string, unknown> & { readonly __typename: string }
}

const PERSON = '__typename ... on Person { id name email title roles status }'
const PROBLEMS = '... on NotAllowed { message }'
const documents = {
  invite: `mutation ($input: InvitePersonInput!) { answer: invitePerson(input: $input) { __typename
    ... on Invited { link invitation { id person email role sent } } ... on InvalidInput { message path } ${PROBLEMS} } }`,
  revokeInvitation: `mutation ($id: ID!) { answer: revokeInvitation(id: $id) { __typename } }`,
  signInLink: `mutation ($person: ID!) { answer: issueSignInLink(person: $person) { __typename
    ... on SignInLinkIssued { link sent person { id } } ... on InvalidInput { message path } ${PROBLEMS} } }`,
  setProfile: `mutation ($input: SetProfileInput!) { answer: setProfile(input: $input) { ${PERSON} ... on InvalidInput { path } ${PROBLEMS} } }`,
  grant: `mutation ($input: RoleInput!) { answer: grantRole(input: $input) { ${PERSON} ... on DecisionRefused { reason } ${PROBLEMS} } }`,
  revoke: `mutation ($input: RoleInput!) { answer: revokeRole(input: $input) { ${PERSON} ... on DecisionRefused { reason } ${PROBLEMS} } }`,
  deactivate: `mutation ($id: ID!, $reason: String = "Left.") { answer: deactivatePerson(id: $id, reason: $reason) { ${PERSON} ... on DecisionRefused { reason } ${PROBLEMS} } }`,
  endSession: `mutation ($id: ID!) { answer: endSession(id: $id) { __typename } }`,
  openWorkspace: `mutation ($input: OpenWorkspaceInput!) { answer: openWorkspace(input: $input) { __typename
    ... on Workspace { id name region legalTimeZone simulatedClock } ... on InvalidInput { message path } } }`,
} as const

type Verb = keyof typeof documents

async function act(credential: string, verb: Verb, variables: Record<string, unknown>, path?: string) {
  const { data, errors } = await server.graphql(credential, documents[verb], variables, path)
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return (data as Answer).answer
}

interface Listed {
  readonly people: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly name: string | null; readonly status: string } }[]
    readonly pageInfo: { readonly endCursor: string | null }
  }
}

const list = async (args: string) =>
  (await server.ask<Listed>(administrator, `{ people${args} { edges { node { id name status } } pageInfo { hasNextPage endCursor } } }`))
    .people

async function typesRecorded(person: string): Promise<{ type: string; raw: string; actor: { id: string } }[]> {
  const document =
    'query ($stream: String) { events(filter: { stream: $stream }, order: OLDEST_FIRST) { edges { node { type raw actor { id } } } } }'
  interface Trail {
    readonly events: { readonly edges: readonly { readonly node: never }[] }
  }
  const { events } = await server.ask<Trail>(administrator, document, { stream: `person-${person}` })
  return events.edges.map(({ node }) => node)
}

/** The trail shows what is recorded a little later. */
const recorded = (person: string, types: string[]) =>
  expect.poll(async () => (await typesRecorded(person)).map(({ type }) => type), { timeout: 30_000 }).toEqual(types)

const tokenOf = (link: unknown) => new URL(String(link)).hash.slice(1)
const address = () => `${randomUUID()}@bank.example`

beforeAll(async () => {
  server = await TestServer.start()
  const signedIn = await server.signIn()
  administrator = signedIn.cookie
  workspace = signedIn.workspace
  me = (await server.ask<{ viewer: { id: string } }>(administrator, '{ viewer { id } }')).viewer.id
})
afterAll(() => server.stop())

describe('an invitation', () => {
  test('becomes a person with a name, a role and a session; what it says of him is encrypted', async () => {
    const email = address()
    const invited = await act(administrator, 'invite', { input: { email, name: 'Łucja Nowak', role: 'APPROVER', title: 'Head of risk' } })
    expect(invited).toMatchObject({
      __typename: 'Invited',
      invitation: { email, role: 'APPROVER', sent: false, person: expect.stringMatching(/^per_/) },
    })
    const { id: person } = { id: (invited.invitation as { person: string }).person }
    const { cookie } = await server.open(String(invited.link))
    expect(await server.graphql(cookie, '{ viewer { id name role roles workspace { id legalTimeZone } } }')).toMatchObject({
      data: { viewer: { id: person, name: 'Łucja Nowak', role: 'APPROVER', roles: ['APPROVER'], workspace: { id: workspace } } },
    })
    expect((await list(`(search: "nowak head", status: ACTIVE)`)).edges).toMatchObject([{ node: { id: person, name: 'Łucja Nowak' } }])
    await recorded(person, ['PersonInvited', 'PersonProfileSet', 'SignedIn'])
    const events = await typesRecorded(person)
    expect(JSON.stringify(events)).not.toMatch(/Nowak|bank\.example/)
    expect(events.map(({ actor }) => actor.id)).toEqual([me, me, person])
  })

  test('is listed until it was used or taken back; then its link is worth nothing', async () => {
    const ids = async () => {
      const document = '{ invitations(first: 500) { edges { node { id } } } }'
      const { invitations } = await server.ask<{ invitations: { edges: { node: { id: string } }[] } }>(administrator, document)
      return invitations.edges.map(({ node }) => node.id)
    }
    const [kept, taken] = [
      await act(administrator, 'invite', { input: { email: address(), role: 'AUDITOR' } }),
      await act(administrator, 'invite', { input: { email: address(), role: 'AUDITOR' } }),
    ].map(({ link, invitation }) => ({ link, ...(invitation as { id: string; person: string }) }))
    expect(await ids()).toEqual(expect.arrayContaining([kept?.id, taken?.id]))
    expect(await act(administrator, 'revokeInvitation', { id: taken?.id })).toEqual({ __typename: 'InvitationRevoked' })
    expect(await act(administrator, 'revokeInvitation', { id: taken?.id })).toEqual({ __typename: 'NotFound' })
    expect((await server.post('/session', { token: tokenOf(taken?.link) })).status).toBe(401)
    await recorded(taken?.person ?? '', ['PersonInvited', 'PersonDeactivated'])
    await server.open(String(kept?.link))
    expect(await ids()).not.toEqual(expect.arrayContaining([kept?.id]))
  })

  test('works once, whoever comes second', async () => {
    const { link } = await act(administrator, 'invite', { input: { email: address(), role: 'AUDITOR' } })
    const attempts = await Promise.all([1, 2, 3].map(() => server.post('/session', { token: tokenOf(link) })))
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  })

  test('sent again goes to the same person, by a new link only', async () => {
    const input = { email: address(), role: 'AUDITOR' }
    const first = await act(administrator, 'invite', { input })
    const second = await act(administrator, 'invite', { input: { ...input, email: input.email.toUpperCase() } })
    expect(second.invitation).toMatchObject({ person: (first.invitation as { person: string }).person })
    expect((await server.post('/session', { token: tokenOf(first.link) })).status).toBe(401)
    await server.open(String(second.link))
    expect(await act(administrator, 'invite', { input })).toMatchObject({ __typename: 'InvalidInput', path: '/email' })
  })

  test('sent by several at the same time goes to one person, by the last link only', async () => {
    const input = { email: address(), role: 'AUDITOR' }
    const sent = await Promise.all([1, 2, 3].map(() => act(administrator, 'invite', { input })))
    expect(new Set(sent.map(({ invitation }) => (invitation as { person: string }).person)).size).toBe(1)
    const attempts = await Promise.all(sent.map(({ link }) => server.post('/session', { token: tokenOf(link) })))
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  })

  test('sent again with another role gives that role and no longer the first', async () => {
    const input = { email: address(), role: 'RISK_MANAGER' }
    await act(administrator, 'invite', { input })
    const { link } = await act(administrator, 'invite', { input: { ...input, role: 'AUDITOR' } })
    const { cookie } = await server.open(String(link))
    expect(await server.ask(cookie, '{ viewer { roles } }')).toEqual({ viewer: { roles: ['AUDITOR'] } })
  })

  test.each([
    ['no address', { email: 'nobody' }, '/email'],
    ['two addresses', { email: 'a@b.example, c@d.example' }, '/email'],
    ['another header', { email: 'a@b.example\r\nBcc: c@d.example' }, '/email'],
    ['another header, without a carriage return', { email: 'a@b.example\nBcc: c@d.example' }, '/email'],
    ['a name with its address', { email: 'A <a@b.example>' }, '/email'],
    ['a control character in the name', { name: 'A\u0007' }, '/name'],
    ['a name that nobody sees', { name: '\u200b' }, '/name'],
    ['a name that turns the text around it', { name: 'Anna \u202enimda' }, '/name'],
    ['a job title that nobody sees', { name: 'Anna', title: '\u2800' }, '/title'],
    ['a service', { role: 'SERVICE' }, '/role'],
    ['a title without a name', { title: 'Head' }, '/title'],
  ])('of %s is refused by name', async (_what, changes, path) => {
    const input = { email: address(), role: 'AUDITOR', ...changes }
    expect(await act(administrator, 'invite', { input })).toMatchObject({ __typename: 'InvalidInput', path })
  })
})

describe('the way back in', () => {
  test('is a link that an administrator makes, which stands in the record', async () => {
    const { person } = await server.join(administrator, 'AUDITOR')
    const issued = await act(administrator, 'signInLink', { person })
    expect(issued).toMatchObject({ __typename: 'SignInLinkIssued', sent: false, person: { id: person } })
    const { cookie } = await server.open(String(issued.link))
    expect(await server.graphql(cookie, '{ viewer { id } }')).toMatchObject({ data: { viewer: { id: person } } })
    await recorded(person, ['PersonInvited', 'PersonProfileSet', 'SignedIn', 'PersonInvited', 'SignedIn'])
    expect((await typesRecorded(person))[3]).toMatchObject({ actor: { id: me } })
    expect(await act(administrator, 'signInLink', { person: 'per_nobody' })).toMatchObject({ __typename: 'NotFound' })
    expect(await act(administrator, 'signInLink', { person: me })).toMatchObject({ __typename: 'InvalidInput' })
  })

  test('by address is answered alike for everybody', async () => {
    const answers = await Promise.all(
      [address(), 'no address', 'a@b.example\r\nBcc: c@d.example'].map(async (email) => {
        const response = await server.post('/session/link', { email }, { origin: server.url })
        return [response.status, await response.text()]
      }),
    )
    expect(answers[0]?.[0]).toBe(202)
    expect(new Set(answers.map(String)).size).toBe(1)
  })
})

describe('a session', () => {
  test('is listed and ended by its person, with what lives on it', async () => {
    const { cookie, person } = await server.join(administrator, 'AUDITOR')
    const other = (await server.open(String((await act(administrator, 'signInLink', { person })).link))).cookie
    const live = new LiveClient(`${server.url}/graphql`, { cookie: other, origin: server.url }, 'subscription { eventAppended { id } }')
    interface Mine {
      readonly sessions: { readonly edges: readonly { readonly node: { readonly id: string; readonly current: boolean } }[] }
    }
    const { sessions } = await server.ask<Mine>(cookie, '{ sessions { edges { node { id person current startedAt expiresAt client } } } }')
    expect(sessions.edges.map(({ node }) => node.current)).toEqual([false, true])
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await act(cookie, 'endSession', { id: sessions.edges[0]?.node.id })).toEqual({ __typename: 'SessionEnded' })
    expect(await server.graphql(other, '{ viewer { id } }')).toMatchObject({ status: 401 })
    await live.until(({ closed }) => closed !== null, 5_000)
    expect(live.closed).toEqual({ code: 4403 })
    expect(await server.graphql(cookie, '{ viewer { id } }')).toMatchObject({ status: 200 })
  })

  test('of somebody else is for administrators', async () => {
    const { cookie, person } = await server.join(administrator, 'RISK_MANAGER')
    const asked = `{ sessions(person: "${me}") { edges { node { id } } } }`
    expect(await server.graphql(cookie, asked)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    interface Theirs {
      readonly sessions: { readonly edges: readonly { readonly node: { readonly id: string } }[] }
    }
    const mine = await server.ask<Theirs>(administrator, '{ sessions { edges { node { id } } } }')
    expect(await act(cookie, 'endSession', { id: mine.sessions.edges[0]?.node.id })).toEqual({ __typename: 'NotFound' })
    const theirs = await server.ask<Theirs>(administrator, `{ sessions(person: "${person}") { edges { node { id } } } }`)
    expect(await act(administrator, 'endSession', { id: theirs.sessions.edges[0]?.node.id })).toEqual({ __typename: 'SessionEnded' })
    expect(await server.graphql(cookie, '{ viewer { id } }')).toMatchObject({ status: 401 })
  })

  test('is never the one that the browser had before', async () => {
    const { cookie: planted } = await server.join(administrator, 'AUDITOR', 'The attacker')
    const victim = await act(administrator, 'invite', { input: { email: address(), role: 'AUDITOR' } })
    const response = await server.post('/session', { token: tokenOf(victim.link) }, { cookie: planted })
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect(cookie).not.toBe(planted)
    expect(await server.graphql(planted, '{ viewer { id } }')).toMatchObject({ status: 401 })
    expect(await server.graphql(cookie, '{ viewer { id } }')).toMatchObject({ status: 200 })
  })

  test('is neither opened nor ended by another site’s page', async () => {
    const { link } = await act(administrator, 'invite', { input: { email: address(), role: 'AUDITOR' } })
    for (const origin of ['https://elsewhere.example', 'null']) {
      const opened = await server.post('/session', { token: tokenOf(link) }, { origin })
      expect([opened.status, opened.headers.get('set-cookie')]).toEqual([403, null])
      expect((await server.post('/session/link', { email: 'a@b.example' }, { origin })).status).toBe(403)
      expect((await fetch(`${server.url}/session`, { method: 'DELETE', headers: { cookie: administrator, origin } })).status).toBe(403)
    }
    const form = await server.post('/session', `token=${tokenOf(link)}`, { 'content-type': 'application/x-www-form-urlencoded' })
    expect(form.status).toBe(415)
    await server.open(String(link))
    expect(await server.graphql(administrator, '{ viewer { id } }')).toMatchObject({ status: 200 })
  })
})

describe('roles', () => {
  test('are granted and taken by administrators, and count together', async () => {
    const { cookie, person } = await server.join(administrator, 'AUDITOR')
    const give = (role: string) => act(administrator, 'grant', { input: { person, role } })
    expect(await give('APPROVER')).toMatchObject({ __typename: 'Person', roles: ['APPROVER', 'AUDITOR'] })
    expect(await give('APPROVER')).toMatchObject({ __typename: 'DecisionRefused', reason: 'ALREADY_GRANTED' })
    expect(await give('SERVICE')).toMatchObject({ reason: 'NOT_A_PERSON' })
    expect(await server.graphql(cookie, '{ viewer { role roles } }')).toMatchObject({
      data: { viewer: { role: 'APPROVER', roles: ['APPROVER', 'AUDITOR'] } },
    })
    expect(await act(administrator, 'revoke', { input: { person, role: 'APPROVER' } })).toMatchObject({ roles: ['AUDITOR'] })
    expect(await act(administrator, 'revoke', { input: { person, role: 'APPROVER' } })).toMatchObject({ reason: 'NOT_GRANTED' })
    expect(await act(administrator, 'grant', { input: { person: 'per_nobody', role: 'AUDITOR' } })).toMatchObject({
      __typename: 'NotFound',
    })
  })

  test('are neither granted nor taken for a reason that can not be recorded', async () => {
    const { person } = await server.join(administrator, 'AUDITOR')
    const reason = 'x'.repeat(4001)
    const attempts: [Verb, Record<string, unknown>][] = [
      ['grant', { input: { person, role: 'APPROVER', reason } }],
      ['revoke', { input: { person, role: 'AUDITOR', reason } }],
      ['deactivate', { id: person, reason }],
    ]
    for (const [verb, variables] of attempts)
      expect(await server.graphql(administrator, documents[verb], variables)).toMatchObject({
        errors: [{ message: '/reason: expected at most 4000 characters', extensions: { code: 'BAD_USER_INPUT' } }],
      })
    expect(await server.ask(administrator, `{ person(id: "${person}") { roles status } }`)).toEqual({
      person: { roles: ['AUDITOR'], status: 'ACTIVE' },
    })
  })

  test('end what was open on them at once', async () => {
    const { cookie, person } = await server.join(administrator, 'AUDITOR')
    const live = new LiveClient(`${server.url}/graphql`, { cookie, origin: server.url }, 'subscription { eventAppended { id } }')
    await new Promise((resolve) => setTimeout(resolve, 300))
    await act(administrator, 'revoke', { input: { person, role: 'AUDITOR' } })
    expect(await server.graphql(cookie, '{ viewer { id } }')).toMatchObject({ status: 401 })
    await live.until(({ closed }) => closed !== null, 5_000)
  })

  test('give nobody more than they say', async () => {
    for (const role of ['RISK_MANAGER', 'APPROVER', 'AUDITOR', 'REGULATOR']) {
      const { cookie, person } = await server.join(administrator, role)
      const attempts: [Verb, Record<string, unknown>][] = [
        ['grant', { input: { person, role: 'ADMINISTRATOR' } }],
        ['invite', { input: { email: address(), role: 'ADMINISTRATOR' } }],
        ['signInLink', { person: me }],
        ['deactivate', { id: me }],
        ['revoke', { input: { person: me, role: 'ADMINISTRATOR' } }],
        ['setProfile', { input: { person: me, name: 'x', email: 'attacker@b.example' } }],
      ]
      for (const [verb, variables] of attempts)
        expect([role, verb, await act(cookie, verb, variables)]).toMatchObject([role, verb, { __typename: 'NotAllowed' }])
    }
  })

  test('of the last administrator who ever came stay', async () => {
    const lone = await TestServer.start()
    try {
      const { cookie } = await lone.signIn()
      const { viewer } = await lone.ask<{ viewer: { id: string } }>(cookie, '{ viewer { id } }')
      const leave = async () =>
        (await lone.ask<Answer>(cookie, documents.revoke, { input: { person: viewer.id, role: 'ADMINISTRATOR' } })).answer
      expect(await leave()).toMatchObject({ reason: 'LAST_ADMINISTRATOR' })
      const { answer } = await lone.ask<Answer>(cookie, documents.invite, { input: { email: address(), role: 'ADMINISTRATOR' } })
      expect(await leave()).toMatchObject({ reason: 'LAST_ADMINISTRATOR' })
      expect((await lone.ask<Answer>(cookie, documents.deactivate, { id: viewer.id })).answer).toMatchObject({
        reason: 'LAST_ADMINISTRATOR',
      })
      await lone.open(String(answer.link))
      expect(await leave()).toMatchObject({ __typename: 'Person', roles: [] })
    } finally {
      await lone.stop()
    }
  })
})

describe('a deactivated person', () => {
  test('is out at once and for good', async () => {
    const { cookie, person } = await server.join(administrator, 'APPROVER')
    const pending = await act(administrator, 'signInLink', { person })
    const live = new LiveClient(`${server.url}/graphql`, { cookie, origin: server.url }, 'subscription { eventAppended { id } }')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await act(administrator, 'deactivate', { id: person })).toMatchObject({ __typename: 'Person', status: 'DEACTIVATED', roles: [] })
    expect(await act(administrator, 'deactivate', { id: person })).toMatchObject({ reason: 'DEACTIVATED' })
    expect(await server.graphql(cookie, '{ viewer { id } }')).toMatchObject({ status: 401 })
    await live.until(({ closed }) => closed !== null, 5_000)
    expect((await server.post('/session', { token: tokenOf(pending.link) })).status).toBe(401)
    expect(await act(administrator, 'grant', { input: { person, role: 'AUDITOR' } })).toMatchObject({ reason: 'DEACTIVATED' })
    expect(await act(administrator, 'signInLink', { person })).toMatchObject({ __typename: 'NotFound' })
    await server.restart()
    expect((await list('(status: DEACTIVATED, first: 500)')).edges.map(({ node }) => node.id)).toContain(person)
  })
})

describe('a profile', () => {
  test('is set by its person, keeps the address that isn’t mentioned, and is whole otherwise', async () => {
    const { cookie, person } = await server.join(administrator, 'AUDITOR', 'Ann')
    const { person: before } = await server.ask<{ person: { email: string } }>(cookie, `{ person(id: "${person}") { email } }`)
    expect(await act(cookie, 'setProfile', { input: { person, name: 'Anna', title: 'Auditor' } })).toMatchObject({
      name: 'Anna',
      title: 'Auditor',
      email: before.email,
    })
    expect(await act(cookie, 'setProfile', { input: { person, name: 'Anna', title: null } })).toMatchObject({ title: null })
    for (const name of ['', '  '])
      expect(await act(cookie, 'setProfile', { input: { person, name } })).toMatchObject({ __typename: 'InvalidInput', path: '/name' })
    expect(await act(cookie, 'setProfile', { input: { person, name: 'A', email: 'a\n@b.example' } })).toMatchObject({ path: '/email' })
    expect(await act(administrator, 'setProfile', { input: { person: 'per_nobody', name: 'A' } })).toMatchObject({ __typename: 'NotFound' })
  })

  test('is listed by name, page by page', async () => {
    for (const name of ['Zoë', 'ärger', 'Bob']) await server.join(administrator, 'AUDITOR', `${name} of the list`)
    const names = async (args: string) => (await list(args)).edges.map(({ node }) => node.name)
    expect(await names('(search: "of the LIST")')).toEqual(['ärger of the list', 'Bob of the list', 'Zoë of the list'])
    const { endCursor } = (await list('(search: "of the list", first: 1)')).pageInfo
    expect(await names(`(search: "of the list", first: 1, after: "${endCursor}")`)).toEqual(['Bob of the list'])
  })

  test('is listed once, though who stood at the cursor left the list', async () => {
    const people = []
    for (const name of ['One', 'Two', 'Three']) people.push(await server.join(administrator, 'AUDITOR', `${name} of those who stay`))
    const active = 'search: "of those who stay", status: ACTIVE, first: 1'
    const { edges, pageInfo } = await list(`(${active})`)
    expect(edges[0]?.node.id).toBe(people[0]?.person)
    await act(administrator, 'deactivate', { id: people[0]?.person })
    expect((await list(`(${active}, after: "${pageInfo.endCursor}")`)).edges).toMatchObject([{ node: { id: people[2]?.person } }])
  })

  test.each(['people', 'apiKeys', 'sessions', 'invitations'])('%s refuse cursors that were not given out', async (field) => {
    for (const cursor of ['', 'x', Buffer.from('[1,2]').toString('base64url')]) {
      const { status, errors } = await server.graphql(administrator, `{ ${field}(after: "${cursor}") { pageInfo { hasNextPage } } }`)
      expect([field, cursor, status, errors[0]?.extensions.code]).toEqual([field, cursor, 400, 'BAD_USER_INPUT'])
    }
  })
})

describe('a further workspace', () => {
  test('is its opener’s, and nobody else’s until he lets them in', async () => {
    await act(administrator, 'setProfile', { input: { person: me, name: 'Adam Min' } })
    const opened = await act(administrator, 'openWorkspace', { input: { name: 'Retail', legalTimeZone: 'Europe/Warsaw' } })
    expect(opened).toMatchObject({
      __typename: 'Workspace',
      name: 'Retail',
      legalTimeZone: 'Europe/Warsaw',
      region: 'local',
      simulatedClock: false,
    })
    const path = `/w/${opened.id}/graphql`
    expect(await server.graphql(administrator, '{ viewer { name roles workspace { id } } }', {}, path)).toMatchObject({
      data: { viewer: { name: 'Adam Min', roles: ['ADMINISTRATOR'], workspace: { id: opened.id } } },
    })
    const mine = '{ myWorkspaces { workspace { id name } roles } }'
    const { myWorkspaces } = await server.ask<{ myWorkspaces: { workspace: { id: string } }[] }>(administrator, mine)
    expect(myWorkspaces.map(({ workspace: { id } }) => id)).toEqual(expect.arrayContaining([workspace, opened.id]))

    const { cookie, person } = await server.join(administrator, 'APPROVER', 'Gast')
    expect(await server.graphql(cookie, '{ viewer { id } }', {}, path)).toMatchObject({ status: 404 })
    const foreign: [Verb, Record<string, unknown>][] = [
      ['signInLink', { person }],
      ['revoke', { input: { person, role: 'APPROVER' } }],
      ['deactivate', { id: person }],
      ['setProfile', { input: { person, name: 'x' } }],
    ]
    for (const [verb, variables] of foreign)
      expect([verb, await act(administrator, verb, variables, path)]).toMatchObject([verb, { __typename: 'NotFound' }])
    expect(await act(administrator, 'grant', { input: { person, role: 'AUDITOR' } }, path)).toMatchObject({
      __typename: 'Person',
      name: 'Gast',
      roles: ['AUDITOR'],
    })
    expect(await server.graphql(cookie, '{ viewer { roles } }', {}, path)).toMatchObject({ data: { viewer: { roles: ['AUDITOR'] } } })
    expect(await server.graphql(cookie, '{ viewer { roles } }')).toMatchObject({ data: { viewer: { roles: ['APPROVER'] } } })
  })

  test('lets nobody in who is there already under another id: nobody is two of those who decide', async () => {
    const email = `${randomUUID()}@bank.example`
    const opened = await act(administrator, 'openWorkspace', { input: { name: 'Double' } })
    const path = `/w/${opened.id}/graphql`
    const input = { email, name: 'Doppel', role: 'APPROVER' }
    const here = (await act(administrator, 'invite', { input })) as unknown as { link: string; invitation: { person: string } }
    const there = (await act(administrator, 'invite', { input }, path)) as unknown as typeof here
    for (const { link } of [here, there]) await server.open(link)
    expect(await act(administrator, 'grant', { input: { person: there.invitation.person, role: 'APPROVER' } })).toMatchObject({
      __typename: 'DecisionRefused',
      reason: 'ADDRESS_TAKEN',
    })
    await act(administrator, 'deactivate', { id: here.invitation.person })
    expect(await act(administrator, 'grant', { input: { person: there.invitation.person, role: 'APPROVER' } })).toMatchObject({
      __typename: 'Person',
      roles: ['APPROVER'],
    })
  })

  test('has administrators who can’t become people of another', async () => {
    const { cookie, person } = await server.join(administrator, 'APPROVER', 'Guest')
    const opened = await act(administrator, 'openWorkspace', { input: { name: 'Elsewhere' } })
    const path = `/w/${opened.id}/graphql`
    await act(administrator, 'grant', { input: { person, role: 'AUDITOR' } }, path)
    expect(await act(administrator, 'signInLink', { person }, path)).toMatchObject({ __typename: 'InvalidInput' })
    expect(await act(administrator, 'deactivate', { id: person }, path)).toMatchObject({ __typename: 'Person', roles: [] })
    expect(await server.graphql(cookie, '{ viewer { id } }')).toMatchObject({ status: 200 })
  })

  test.each([
    ['/legalTimeZone', { legalTimeZone: 'Mars/Olympus' }],
    ['/legalTimeZone', { legalTimeZone: '+02:00' }],
    ['/currency', { currency: 'Euro' }],
    ['/tier', { tier: 'wood' }],
    ['/name', { name: '' }],
    ['/name', { name: '  ' }],
  ])('with a wrong %s is refused by name', async (path, changes) => {
    const input = { name: 'W', ...changes }
    expect(await act(administrator, 'openWorkspace', { input })).toMatchObject({ __typename: 'InvalidInput', path })
  })
})
