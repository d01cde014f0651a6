import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const RESULT = `__typename ... on DecisionRecorded { position receipts { id stream streamVersion repeated } }
  ... on DecisionRefused { reason message path } ... on NotAllowed { message }`

interface Decided {
  readonly __typename: string
  readonly receipts: readonly { readonly id: string; readonly stream: string; readonly streamVersion: string; readonly repeated: boolean }[]
  readonly reason: string
  readonly path: string | null
}

let server: TestServer
let administrator: string
let service: string
let me: string

const inputs: Readonly<Record<string, string>> = {
  requestApproval: 'RequestApprovalInput',
  reportIncident: 'ReportIncidentInput',
  triageIncident: 'TriageIncidentInput',
  implicateSystem: 'IncidentSystemInput',
  clearSystem: 'IncidentSystemInput',
  recordContainment: 'IncidentActionInput',
  recordCorrectiveAction: 'CorrectiveActionInput',
  notifyAuthority: 'NotifyAuthorityInput',
  closeIncident: 'CloseIncidentInput',
  retireSystem: 'RetireInput',
  retireModel: 'RetireInput',
  resolveViolation: 'ResolveViolationInput',
}

async function decide(mutation: string, input: Record<string, unknown>, credential = administrator): Promise<Decided> {
  const type = inputs[mutation] ?? 'ApprovalDecisionInput'
  const document = `mutation ($input: ${type}!) { decided: ${mutation}(input: $input) { ${RESULT} } }`
  return (await server.ask<{ decided: Decided }>(credential, document, { input: { id: randomUUID(), ...input } })).decided
}

async function dataOf(id: string): Promise<{ data: Record<string, unknown>; about: string[]; actor: { id: string } }> {
  const document = 'query ($id: UUID!) { event(id: $id) { data about actor { id } } }'
  for (;;) {
    const { event } = await server.ask<{ event: never }>(administrator, document, { id })
    if (event !== null) return event
  }
}

const recorded = (receipts: number) => ({ __typename: 'DecisionRecorded', receipts: expect.objectContaining({ length: receipts }) })
const refused = (reason: string, path: string | null = null) => ({ __typename: 'DecisionRefused', reason, path })

beforeAll(async () => {
  server = await TestServer.start()
  const { cookie, workspace } = await server.signIn()
  administrator = cookie
  service = await server.key(workspace)
  me = (await server.ask<{ viewer: { id: string } }>(cookie, '{ viewer { id } }')).viewer.id
  const register = (system: string) => ({
    systemRegistered: {
      system,
      name: system,
      purpose: 'p',
      owner: 'x',
      businessUnit: 'x',
      role: 'provider',
      region: 'eu',
      serviceTier: 'gold',
    },
  })
  const events = ['scoring', 'limits', 'cards'].map((system) => ({
    id: randomUUID(),
    occurredAt: '2026-04-14T08:05:00.000Z',
    event: register(system),
  }))
  for (const outcome of await server.append(service, ...events)) expect(outcome.__typename).toBe('Receipt')
})
afterAll(() => server.stop())

describe('an incident over several systems', () => {
  const report = {
    incident: 'inc-1',
    title: 'Refusals rose',
    category: 'fundamental-rights',
    severity: 'high',
    occurredAt: '2026-04-14T06:00:00Z',
    awareAt: '2026-04-15T08:20:00.000Z',
    systems: ['scoring', 'limits'],
  }

  test('goes from its report to its end by people’s decisions, each about the systems concerned', async () => {
    expect(await decide('triageIncident', { incident: 'inc-1', severity: 'high', serious: true, reason: 'x' })).toMatchObject(
      refused('NOT_REPORTED'),
    )
    expect(await decide('reportIncident', report)).toMatchObject(recorded(1))
    expect(await decide('reportIncident', report)).toMatchObject(refused('ALREADY_REPORTED'))
    const triage = await decide('triageIncident', { incident: 'inc-1', severity: 'high', serious: true, reason: 'Unequal treatment.' })
    expect(await dataOf(triage.receipts[0]?.id ?? '')).toMatchObject({
      data: { rationale: 'Unequal treatment.', serious: true, systems: ['limits', 'scoring'] },
      about: ['aisystem:limits', 'aisystem:scoring', 'incident:inc-1'],
      actor: { id: me },
    })
    expect(await decide('implicateSystem', { incident: 'inc-1', system: 'cards' })).toMatchObject(recorded(1))
    expect(await decide('clearSystem', { incident: 'inc-1', system: 'other' })).toMatchObject(refused('NOT_IMPLICATED'))
    expect(await decide('clearSystem', { incident: 'inc-1', system: 'limits' })).toMatchObject(recorded(1))
    expect(await decide('recordContainment', { incident: 'inc-1', system: 'scoring', action: 'Rolled back.' })).toMatchObject(recorded(1))
    const notified = await decide('notifyAuthority', { incident: 'inc-1', authority: 'Bundesnetzagentur', kind: 'first' })
    expect(await dataOf(notified.receipts[0]?.id ?? '')).toMatchObject({
      data: { systems: ['cards', 'scoring'], sentAt: expect.any(String) },
    })
    const close = { incident: 'inc-1', rootCause: 'The unit of a field.', lessons: 'Check ranges.' }
    expect(await decide('closeIncident', close)).toMatchObject(refused('SYSTEMS_OPEN'))
    for (const system of ['scoring', 'cards'])
      expect(await decide('recordCorrectiveAction', { incident: 'inc-1', system, action: 'Mended.' })).toMatchObject(recorded(1))
    expect(await decide('closeIncident', close)).toMatchObject(recorded(1))
    expect(await decide('closeIncident', close)).toMatchObject(refused('CLOSED'))
  })

  test('sent again by a client that lost the answer, is decided once and answered alike', async () => {
    const input = { ...report, incident: null, id: randomUUID() }
    const first = await decide('reportIncident', input)
    const again = await decide('reportIncident', input)
    const incident = `inc-${input.id.slice(-12)}`
    expect(first.receipts[0]).toMatchObject({ id: input.id, stream: expect.stringMatching(`incident-${incident}$`), repeated: false })
    expect(again.receipts).toEqual(first.receipts.map((receipt) => ({ ...receipt, repeated: true })))
    expect(await decide('reportIncident', { ...input, severity: 'low' })).toMatchObject(refused('CONTENT_DIFFERS'))
    const notice = { id: randomUUID(), incident, authority: 'Bundesnetzagentur', kind: 'first' }
    expect(await decide('notifyAuthority', notice)).toMatchObject(recorded(1))
    await decide('clearSystem', { incident, system: 'limits' })
    expect(await decide('notifyAuthority', notice)).toMatchObject({ receipts: [{ repeated: true }] })
  })

  test('that was never reported takes nothing that people decide: an id is misspelt more easily than a report is missing', async () => {
    const incident = 'inc-misspelt'
    const unknown = refused('NOT_REPORTED', '/incident')
    expect(await decide('implicateSystem', { incident, system: 'cards' })).toMatchObject(unknown)
    expect(await decide('recordContainment', { incident, system: 'cards', action: 'Stopped.' })).toMatchObject(unknown)
    expect(await decide('recordCorrectiveAction', { incident, system: 'cards', action: 'Mended.' })).toMatchObject(unknown)
    expect(await decide('notifyAuthority', { incident, authority: 'Bundesnetzagentur', kind: 'first' })).toMatchObject(unknown)
  })

  test('starts no clock in the future, and stops none with what is not sent yet', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
    expect(await decide('reportIncident', { ...report, incident: 'inc-ahead', awareAt: tomorrow })).toMatchObject(
      refused('IN_THE_FUTURE', '/awareAt'),
    )
    const notice = { incident: 'inc-1', authority: 'Bundesnetzagentur', kind: 'complete', sentAt: tomorrow }
    expect(await decide('notifyAuthority', notice)).toMatchObject(refused('IN_THE_FUTURE', '/sentAt'))
  })

  test('is told to no authority before anybody was aware of it, as the report says by now', async () => {
    const reported = await decide('reportIncident', { ...report, incident: 'inc-early' })
    const notice = { incident: 'inc-early', authority: 'Bundesnetzagentur', kind: 'first', sentAt: '2026-04-14T09:00:00.000Z' }
    expect(await decide('notifyAuthority', notice)).toMatchObject(refused('BEFORE_AWARE', '/sentAt'))
    const { id = '', stream } = reported.receipts[0] ?? {}
    const event = { event: `${stream}/${id}`, data: { incidentReported: { ...report, incident: 'inc-early', awareAt: notice.sentAt } } }
    const occurredAt = '2026-04-16T08:00:00.000Z'
    const correction = { id: randomUUID(), occurredAt, event: { eventCorrected: { ...event, reason: 'The night shift knew.' } } }
    expect(await server.append(service, correction)).toMatchObject([{ __typename: 'Receipt' }])
    expect(await decide('notifyAuthority', notice)).toMatchObject(recorded(1))
  })

  test('with a field that can’t be recorded names it as the form does', async () => {
    expect(await decide('reportIncident', { ...report, incident: 'Inc 1' })).toMatchObject(refused('INVALID_EVENT', '/incident'))
    expect(await decide('reportIncident', { ...report, incident: 'inc-9', category: 'boredom' })).toMatchObject(
      refused('INVALID_EVENT', '/category'),
    )
    expect(await decide('reportIncident', { ...report, incident: 'inc-9', systems: [] })).toMatchObject(
      refused('INVALID_EVENT', '/systems'),
    )
    expect(await decide('triageIncident', { incident: 'inc-1', severity: 'high', serious: true, reason: 'x'.repeat(5_000) })).toMatchObject(
      refused('INVALID_EVENT', '/reason'),
    )
  })
})

describe('asking for approval', () => {
  const ask = (changes: Record<string, unknown> = {}) =>
    decide('requestApproval', { subject: 'aisystem:scoring', quorum: 1, approvers: [me], expiresAt: '2099-01-01T00:00:00Z', ...changes })

  test('is bound to what is there to be approved', async () => {
    expect(await ask({ subject: 'model:unheard-of@1' })).toMatchObject(refused('NOT_REGISTERED', '/subject'))
    expect(await ask({ subject: 'whatever' })).toMatchObject(refused('NOT_REGISTERED', '/subject'))
    expect(await ask({ subjectVersion: '7' })).toMatchObject(refused('UNKNOWN_VERSION', '/subjectVersion'))
    expect(await ask({ approvers: ['per_unknown'] })).toMatchObject(refused('UNKNOWN_APPROVER', '/approvers/0'))
  })

  test('until a day that has passed is refused: nobody could give it', async () => {
    const past = { subject: 'aisystem:scoring', quorum: 1, approvers: [me], expiresAt: '2026-01-01T00:00:00Z' }
    expect(await decide('requestApproval', past)).toMatchObject(refused('EXPIRED', '/expiresAt'))
  })

  test('of oneself alone can’t be granted by anybody', async () => {
    expect(await ask()).toMatchObject(refused('QUORUM_UNREACHABLE'))
  })
})

describe('retiring', () => {
  test('is for what is registered, once', async () => {
    expect(await decide('retireSystem', { thing: 'unknown', reason: 'x' })).toMatchObject(refused('NOT_REGISTERED'))
    expect(await decide('retireSystem', { thing: 'cards', reason: 'x', replacedBy: 'cards' })).toMatchObject(refused('REPLACED_BY_ITSELF'))
    expect(await decide('retireSystem', { thing: 'Cards!', reason: 'x' })).toMatchObject(refused('INVALID_EVENT', '/thing'))
    expect(await decide('retireSystem', { thing: 'cards', reason: 'x', replacedBy: 'scoring' })).toMatchObject(recorded(1))
    expect(await decide('retireSystem', { thing: 'cards', reason: 'x' })).toMatchObject(refused('RETIRED'))
    expect(await decide('retireModel', { thing: 'cs@7', reason: 'x' })).toMatchObject(refused('NOT_REGISTERED'))
    expect(await decide('retireModel', { thing: 'cs@7@8', reason: 'x' })).toMatchObject(refused('INVALID_EVENT', '/thing'))
  })
})

test('a service decides nothing', async () => {
  const vote = { approval: 'a', subject: 'aisystem:scoring', reason: 'x' }
  for (const mutation of ['approve', 'refuse', 'withdrawApproval'])
    expect(await decide(mutation, vote, service)).toMatchObject({ __typename: 'NotAllowed' })
  expect(await decide('closeIncident', { incident: 'inc-1', rootCause: 'x', lessons: 'x' }, service)).toMatchObject({
    __typename: 'NotAllowed',
  })
})

test('no decision stands behind the revocation of the role that it was made by', async () => {
  const REVOKE = 'mutation ($input: RoleInput!) { revoked: revokeRole(input: $input) { __typename } }'
  const LAST = '{ events(filter: { types: [RoleRevoked] }, first: 1) { edges { node { position data } } } }'
  const REPORT = `mutation ($input: ReportIncidentInput!) { decided: reportIncident(input: $input) { ... on DecisionRecorded { position } } }`
  for (let round = 0; round < 8; round++) {
    const { cookie, person } = await server.join(administrator, 'RISK_MANAGER')
    const report = (n: number) => {
      const incident = `inc-late-${round}-${n}`
      const title = 'x'
      const instants = { occurredAt: '2026-04-14T06:00:00Z', awareAt: '2026-04-15T08:20:00.000Z' }
      const input = {
        id: randomUUID(),
        incident,
        title,
        category: 'fundamental-rights',
        severity: 'high',
        systems: ['scoring'],
        ...instants,
      }
      return server.graphql(cookie, REPORT, { input })
    }
    const before = Array.from({ length: 6 }, (_, n) => report(n))
    const revoked = server.ask(administrator, REVOKE, { input: { person, role: 'RISK_MANAGER', reason: 'x' } })
    const after = Array.from({ length: 6 }, (_, n) => report(6 + n))
    const answers = await Promise.all([...before, ...after])
    await revoked
    const positions = answers.flatMap(({ data }) => (data as { decided: { position?: string } } | null)?.decided?.position ?? [])
    await expect.poll(() => revocation(person, LAST)).not.toBeNull()
    const at = await revocation(person, LAST)
    expect(positions.filter((position) => position > (at ?? ''))).toEqual([])
  }
})

interface Revocations {
  readonly events: {
    readonly edges: readonly { readonly node: { readonly position: string; readonly data: { readonly person: string } } }[]
  }
}

async function revocation(person: string, document: string): Promise<string | null> {
  const { events } = await server.ask<Revocations>(administrator, document)
  return events.edges.find(({ node }) => node.data.person === person)?.node.position ?? null
}
