import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../apps/api/src/testing/test-server.ts'
import { type OpenedStore, ownEventStores } from '../kit/event-stores.ts'

const BEFORE = '2026-01-01T00:00:00.000Z'
const START = '2026-03-02T08:00:00.000Z'
const SEEN = `query ($asOf: DateTime, $atLeast: Position) {
  overview(asOf: $asOf, atLeast: $atLeast) { systems openIncidents pendingApprovals pendingForMe lapsedApprovals activity { date events } }
  system(id: "scoring", asOf: $asOf) { name riskClass events }
  systems(asOf: $asOf) { edges { node { id name } } count { value exact } }
  approval(id: "release", asOf: $asOf) { status inForce mayDecide mayNotBecause notInForceBecause given { person } }
  mine: approvals(filter: { mine: true }, asOf: $asOf) { edges { node { id } } count { value } }
  incident(id: "inc-1", asOf: $asOf) { status title }
  events(asOf: $asOf, first: 500) { edges { node { id type } } count { value exact } pageInfo { hasNextPage } }
}`

interface Seen {
  readonly overview: Readonly<Record<string, unknown>> & {
    readonly activity: readonly { readonly date: string; readonly events: number }[]
  }
  readonly system: { readonly name: string; readonly riskClass: string | null; readonly events: number } | null
  readonly systems: { readonly edges: readonly { readonly node: { readonly id: string } }[]; readonly count: { readonly value: number } }
  readonly approval: Readonly<Record<string, unknown>> | null
  readonly mine: { readonly edges: readonly unknown[]; readonly count: { readonly value: number } }
  readonly incident: { readonly status: string; readonly title: string } | null
  readonly events: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly type: string } }[]
    readonly count: { readonly value: number }
  }
}

const registered = {
  system: 'scoring',
  name: 'Scoring',
  purpose: 'Scores.',
  owner: 'risk',
  businessUnit: 'retail',
  role: 'provider',
  region: 'eu',
  serviceTier: 'gold',
}
const SHOWN = 'query ($atLeast: Position!) { events(first: 1, atLeast: $atLeast) { edges { cursor } } }'
const approval = { approval: 'release', subject: 'aisystem:scoring' }

describe.each(ownEventStores)('as of an instant, over $name', (storeUnderTest) => {
  let store: OpenedStore
  let server: TestServer
  let administrator: string
  let service: string
  let workspace: string
  let approver: { readonly cookie: string; readonly person: string }
  /** When everything of a chapter of the story was recorded. */
  const told: Record<'registered' | 'granted' | 'renamed', string> = { registered: '', granted: '', renamed: '' }
  const ids: Record<string, string> = {}
  let last: string

  const now = async () => (await server.ask<{ viewer: { clock: string } }>(administrator, '{ viewer { clock } }')).viewer.clock
  const advance = (to: string) => server.admin({ command: 'advance-clock', to })

  async function record(credential: string, event: Record<string, unknown>): Promise<string> {
    const id = randomUUID()
    const [outcome] = await server.append(credential, { id, occurredAt: await now(), event })
    expect(outcome).toMatchObject({ __typename: 'Receipt' })
    ids[Object.keys(event)[0] ?? ''] = id
    last = outcome?.position ?? ''
    return `${outcome?.stream}/${id}`
  }

  /** An instant that no event shares. */
  async function pause(): Promise<string> {
    const instant = await now()
    await new Promise((resolve) => setTimeout(resolve, 5))
    return instant
  }

  /** Asks again while the past is not ready, as clients do. */
  async function seen(asOf: string | null, credential = approver.cookie, atLeast: string | null = null): Promise<Seen> {
    for (;;) {
      const { data, errors } = await server.graphql(credential, SEEN, { asOf, atLeast })
      if (errors.length === 0) return data as Seen
      expect(errors.map(({ extensions }) => extensions)).toContainEqual(
        expect.objectContaining({ code: 'PAST_NOT_READY', of: expect.any(Number) }),
      )
    }
  }

  const pasts = () => {
    const folder = join(server.folder, 'past')
    return existsSync(folder) ? readdirSync(folder) : []
  }

  beforeAll(async () => {
    store = await storeUnderTest.open()
    server = await TestServer.start(undefined, ['--sample-from', START], store.environment)
    const signedIn = await server.signIn()
    administrator = signedIn.cookie
    workspace = signedIn.workspace
    service = await server.key(workspace)
    approver = await server.join(administrator, 'APPROVER', 'anna')
    const registration = await record(service, { systemRegistered: registered })
    const systems = ['scoring']
    const at = await now()
    await record(administrator, {
      incidentReported: {
        incident: 'inc-1',
        title: 'Refusals rose',
        category: 'bias',
        severity: 'high',
        occurredAt: at,
        awareAt: at,
        systems,
      },
    })
    const terms = { ...approval, subjectVersion: '0', quorum: 1, approvers: [approver.person], expiresAt: '2026-04-01T00:00:00.000Z' }
    await record(service, { approvalRequested: terms })
    told.registered = await pause()

    await advance('2026-03-05T08:00:00.000Z')
    await record(approver.cookie, { approvalGiven: approval })
    told.granted = await pause()

    await advance('2026-05-05T08:00:00.000Z')
    const correction = { event: registration, data: { systemRegistered: { ...registered, name: 'Renamed' } }, reason: 'A new name.' }
    await record(administrator, { eventCorrected: correction })
    await record(administrator, { incidentTriaged: { incident: 'inc-1', severity: 'low', serious: false, rationale: 'Looked at it.' } })
    for (const event of [
      { containmentDone: { incident: 'inc-1', system: 'scoring', action: 'Stopped.' } },
      { correctiveActionDone: { incident: 'inc-1', system: 'scoring', kind: 'corrected', action: 'Trained.' } },
      { incidentClosed: { incident: 'inc-1', rootCause: 'A bug.', lessons: 'Test more.' } },
    ])
      await record(administrator, event)
    told.renamed = await pause()
    await server.ask(administrator, SHOWN, { atLeast: last })
  }, 180_000)

  afterAll(async () => {
    await server?.stop()
    await store?.close()
  })

  it('what can’t be built is told by a code, and built when it is asked for again', async () => {
    const inTheWay = join(server.folder, 'past')
    writeFileSync(inTheWay, '')
    const query = 'query ($asOf: DateTime) { overview(asOf: $asOf) { systems } }'
    const failed = await server.graphql(approver.cookie, query, { asOf: told.granted })
    expect(failed).toMatchObject({ status: 503, errors: [{ extensions: { code: 'PAST_FAILED' } }] })
    rmSync(inTheWay)
    expect(await seen(told.granted)).toMatchObject({ overview: { systems: 1 } })
  })

  it('a system has the name of then, an incident is open, and what was asked for waits', async () => {
    const then = await seen(told.registered)
    expect(then.system).toMatchObject({ name: 'Scoring' })
    expect(then.systems).toMatchObject({ edges: [{ node: { id: 'scoring', name: 'Scoring' } }], count: { value: 1, exact: true } })
    expect(then.incident).toEqual({ status: 'REPORTED', title: 'Refusals rose' })
    expect(then.overview).toMatchObject({ systems: 1, openIncidents: 1, pendingApprovals: 1, lapsedApprovals: 0 })
    expect(then.overview.activity).toHaveLength(90)
    expect(then.overview.activity.at(-1)?.date).toBe('2026-03-02')
    const today = await seen(null)
    expect(today.system).toMatchObject({ name: 'Renamed' })
    expect(today.incident).toMatchObject({ status: 'CLOSED' })
  })

  it('nobody can decide', async () => {
    const then = await seen(told.registered)
    expect(then.approval).toMatchObject({ status: 'PENDING', mayDecide: false, mayNotBecause: 'NOT_ALLOWED' })
    expect(then.overview.pendingForMe).toBe(0)
    expect(then.mine).toEqual({ edges: [], count: { value: 0 } })
  })

  it('an approval that has expired since is in force', async () => {
    const then = await seen(told.granted)
    expect(then.approval).toMatchObject({ status: 'GRANTED', inForce: true, notInForceBecause: null, given: [{ person: approver.person }] })
    expect((await seen(null)).approval).toMatchObject({ status: 'LAPSED', inForce: false, notInForceBecause: 'expired' })
    const instantBefore = new Date(Date.parse('2026-04-01T00:00:00.000Z') - 1).toISOString()
    expect((await seen(instantBefore)).approval).toMatchObject({ inForce: true })
    expect((await seen('2026-04-01T00:00:00.000Z')).approval).toMatchObject({ inForce: false })
  })

  it('before the first event there is nothing, and no error', async () => {
    const then = await seen(BEFORE)
    expect(then).toMatchObject({
      system: null,
      approval: null,
      incident: null,
      systems: { edges: [], count: { value: 0, exact: true } },
      events: { edges: [], count: { value: 0, exact: true }, pageInfo: { hasNextPage: false } },
      overview: { systems: 0, openIncidents: 0, pendingApprovals: 0 },
    })
  })

  it('the trail, its counts, its search and single events end there, the instant included', async () => {
    const then = await seen(told.granted)
    const types = then.events.edges.map(({ node }) => node.type)
    expect(types).toContain('ApprovalGiven')
    expect(types).not.toContain('EventCorrected')
    expect(then.events.count.value).toBe(types.length)
    const EVENT = 'query ($id: UUID!, $asOf: DateTime) { event(id: $id, asOf: $asOf) { id recordedAt } }'
    const event = async (id: string | undefined, asOf: string | null) =>
      (await server.ask<{ event: { id: string; recordedAt: string } | null }>(approver.cookie, EVENT, { id, asOf })).event
    const { recordedAt } = (await event(ids.approvalGiven, null)) ?? { recordedAt: '' }
    expect(await event(ids.approvalGiven, recordedAt)).toMatchObject({ id: ids.approvalGiven })
    expect(await event(ids.approvalGiven, new Date(Date.parse(recordedAt) - 1).toISOString())).toBeNull()
    expect(await event(ids.eventCorrected, told.granted)).toBeNull()
    const FOUND = 'query ($f: EventFilter, $asOf: DateTime) { events(filter: $f, asOf: $asOf) { edges { node { type } } count { value } } }'
    const found = async (f: Record<string, unknown>, asOf: string | null) =>
      (await server.ask<{ events: Seen['events'] }>(administrator, FOUND, { f, asOf })).events.count.value
    expect(await found({ text: 'Renamed' }, null)).toBe(1)
    expect(await found({ text: 'Renamed' }, told.granted)).toBe(0)
    expect(await found({ recordedTo: told.registered }, told.granted)).toBeLessThan(types.length)
  })

  it('an export holds the same', async () => {
    const rows = async (query: string) => {
      const response = await fetch(`${server.url}/w/${workspace}/export/events.jsonl${query}`, { headers: { cookie: administrator } })
      return { status: response.status, lines: (await response.text()).split('\n').filter((line) => line !== '') }
    }
    const then = await seen(told.granted)
    const exported = await rows(`?asOf=${told.granted}`)
    expect(exported.lines.map((line) => JSON.parse(line).id)).toEqual(then.events.edges.map(({ node }) => node.id))
    expect((await rows('?asOf=yesterday')).status).toBe(400)
    expect((await rows('?asOf=2099-01-01T00:00:00Z')).status).toBe(400)
  })

  it('what is still to come, or no instant, is refused and says why', async () => {
    for (const field of ['overview(asOf: $asOf) { systems }', 'events(asOf: $asOf) { edges { cursor } }']) {
      const later = await server.graphql(approver.cookie, `query ($asOf: DateTime) { ${field} }`, { asOf: '2026-12-24T00:00:00.000Z' })
      expect(later).toMatchObject({
        errors: [{ message: expect.stringContaining('still to come'), extensions: { code: 'BAD_USER_INPUT' } }],
      })
      const never = await server.graphql(approver.cookie, `query ($asOf: DateTime) { ${field} }`, { asOf: 'yesterday' })
      expect(never).toMatchObject({ errors: [{ message: expect.stringContaining('RFC 3339'), extensions: { code: 'BAD_USER_INPUT' } }] })
    }
  })

  it('nothing is missing that was recorded just now', async () => {
    for (let i = 0; i < 5; i++) {
      await record(service, { systemRegistered: { ...registered, system: `new-${i}` } })
      const { systems } = await seen(await now())
      expect(systems.edges.map(({ node }) => node.id)).toContain(`new-${i}`)
    }
  })

  it('with a position too, that is waited for first and the answer is still of then', async () => {
    await record(service, { systemRegistered: { ...registered, system: 'later' } })
    const then = await seen(told.granted, approver.cookie, last)
    expect(then.systems.edges.map(({ node }) => node.id)).toEqual(['scoring'])
  })

  it('nothing of another workspace is seen', async () => {
    const OPEN = 'mutation { openWorkspace(input: { name: "Other" }) { ... on Workspace { id } } }'
    const { openWorkspace } = await server.ask<{ openWorkspace: { id: string } }>(administrator, OPEN)
    const other = await server.key(openWorkspace.id)
    const auditor = await server.key(openWorkspace.id, 'AUDITOR')
    await record(other, { systemRegistered: { ...registered, name: 'Of the other' } })
    const asOf = await pause()
    expect(await seen(asOf, auditor)).toMatchObject({ systems: { edges: [{ node: { name: 'Of the other' } }], count: { value: 1 } } })
    expect((await seen(asOf)).system).toMatchObject({ name: 'Renamed' })
    expect(await seen(told.renamed, auditor)).toMatchObject({ systems: { edges: [] }, system: null, incident: null })
  })

  it('an erasure takes all pasts away, and they are built again without what was erased', async () => {
    await seen(told.granted)
    expect(pasts()).not.toEqual([])
    const SUBJECT = 'mutation { subjectFor(reference: "customer 1") { ... on Subject { id } } }'
    const { subjectFor } = await server.ask<{ subjectFor: { id: string } }>(service, SUBJECT)
    const ERASE = `mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) { __typename ... on Erasure { status } } }`
    const input = { id: randomUUID(), subject: subjectFor.id, ground: 'request', reason: 'Asked.' }
    expect(await server.ask(administrator, ERASE, { input })).toMatchObject({ eraseSubject: { status: 'ERASED' } })
    expect(pasts()).toEqual([])
    expect((await seen(told.granted)).incident).toEqual({ status: 'REPORTED', title: 'Refusals rose' })
    expect(pasts()).toHaveLength(1)
    const REDACT = 'mutation ($input: RedactFieldInput!) { redactField(input: $input) { __typename } }'
    await server.ask(administrator, REDACT, {
      input: { id: randomUUID(), event: ids.incidentReported, path: '/title', reason: 'It names one.' },
    })
    expect(pasts()).toEqual([])
    expect((await seen(told.granted)).incident).toEqual({ status: 'REPORTED', title: null })
  })

  it('a restart leaves none', async () => {
    await seen(told.granted)
    await server.restart()
    expect(pasts()).toEqual([])
  })
})
