import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const AT = '2026-04-14T08:05:00.000Z'
const event = (member: string, data: Record<string, unknown>, occurredAt = AT) => ({
  id: randomUUID(),
  occurredAt,
  event: { [member]: data },
})

const registered = (system: string, name: string, more: Record<string, unknown> = {}) =>
  event('systemRegistered', {
    system,
    name,
    purpose: 'Scores loan applications.',
    owner: 'model-risk',
    businessUnit: 'lending',
    role: 'provider',
    region: 'eu-central',
    ...more,
  })

describe('the registers', () => {
  let server: TestServer
  let service: string
  let auditor: string

  beforeAll(async () => {
    server = await TestServer.start()
    const { workspace } = await server.signIn()
    service = await server.key(workspace)
    auditor = await server.key(workspace, 'AUDITOR')
  })

  afterAll(() => server.stop())

  async function record(...events: Record<string, unknown>[]): Promise<string> {
    const outcomes = await server.append(service, ...events)
    for (const outcome of outcomes) if (outcome.__typename !== 'Receipt') throw new Error(JSON.stringify(outcome))
    return outcomes.at(-1)?.position ?? ''
  }

  test('show a system as its events tell of it', async () => {
    const first = registered('credit-scoring', 'Crédit-Scoring')
    const atLeast = await record(
      first,
      event('systemClassified', {
        system: 'credit-scoring',
        riskClass: 'high-risk-annex-iii',
        annexIIIPoint: '5.b',
        basis: 'article_6_2',
        rationale: 'It decides on loans.',
        catalogueVersion: '2026',
      }),
      event('dependencyDeclared', { system: 'credit-scoring', on: 'model:cs', kind: 'model' }),
      event('modelRegistered', { model: 'cs', name: 'Scorer', task: 'classification', owner: 'model-risk' }),
      // Not to production: no approval is needed, so no violation follows.
      event('versionDeployed', { model: 'cs', version: '7', environment: 'staging', kind: 'real_time', strategy: 'all' }),
    )
    const query = `query($atLeast: Position) { system(id: "credit-scoring", atLeast: $atLeast) {
      name riskClass annexIIIPoint businessUnit events retiredAt streamVersion provenBy { fact event }
      models { model name version environment approvalInForce } dependencies { on kind } documents { title } } }`
    expect(await server.ask(auditor, query, { atLeast })).toEqual({
      system: {
        name: 'Crédit-Scoring',
        riskClass: 'high-risk-annex-iii',
        annexIIIPoint: '5.b',
        businessUnit: 'lending',
        events: 3,
        retiredAt: null,
        streamVersion: '2',
        provenBy: [
          { fact: 'registered', event: first.id },
          { fact: 'risk', event: expect.any(String) },
        ],
        models: [{ model: 'cs', name: 'Scorer', version: '7', environment: 'staging', approvalInForce: false }],
        dependencies: [{ on: 'model:cs', kind: 'model' }],
        documents: [],
      },
    })
  })

  test('find systems by a part of the name, whatever its case and diacritics, and count them', async () => {
    const atLeast = await record(registered('churn', 'Churn'), registered('cv', 'CV screening', { businessUnit: 'people' }))
    const query = `query($filter: SystemFilter, $atLeast: Position) { systems(filter: $filter, atLeast: $atLeast) {
      edges { node { id } } count { value exact } pageInfo { hasNextPage } } }`
    const found = async (filter: Record<string, unknown>) => {
      const { systems } = await server.ask<{ systems: { edges: { node: { id: string } }[]; count: unknown } }>(auditor, query, {
        filter,
        atLeast,
      })
      return { ids: systems.edges.map(({ node }) => node.id), count: systems.count }
    }
    expect(await found({ search: 'credit-SCÓRING' })).toEqual({ ids: ['credit-scoring'], count: { value: 1, exact: true } })
    expect(await found({ businessUnit: 'people' })).toEqual({ ids: ['cv'], count: { value: 1, exact: true } })
    expect((await found({})).ids).toEqual(['churn', 'credit-scoring', 'cv'])
    expect((await found({ hasOpenIncident: true })).ids).toEqual([])
  })

  test('lead with bad news', async () => {
    const incident = event('incidentReported', {
      incident: 'inc-1',
      title: 'Refusals rose by a third',
      category: 'bias',
      severity: 'high',
      occurredAt: AT,
      awareAt: AT,
      systems: ['credit-scoring'],
    })
    const atLeast = await record(incident)
    const query = `query($atLeast: Position) { overview(atLeast: $atLeast) { systems openIncidents driftAlerts more
      badNews { kind title system owner event thing } byRiskClass { riskClass systems } activity { date } } }`
    expect(await server.ask(auditor, query, { atLeast })).toEqual({
      overview: {
        systems: 3,
        openIncidents: 1,
        driftAlerts: 0,
        more: 0,
        badNews: [
          {
            kind: expect.stringMatching(/OPEN_INCIDENT|OVERDUE_CLOCK/),
            title: 'Refusals rose by a third',
            system: 'credit-scoring',
            owner: 'model-risk',
            event: incident.id,
            thing: 'incident:inc-1',
          },
        ],
        byRiskClass: [
          { riskClass: 'unclassified', systems: 2 },
          { riskClass: 'high-risk-annex-iii', systems: 1 },
        ],
        activity: expect.objectContaining({ length: 90 }),
      },
    })
  })

  test('show an incident with its deadlines and what people wrote', async () => {
    const atLeast = await record(
      event('incidentReported', {
        incident: 'inc-2',
        title: 'Postcodes leaked',
        category: 'privacy',
        severity: 'high',
        occurredAt: AT,
        awareAt: AT,
        systems: ['cv'],
      }),
      event('containmentDone', { incident: 'inc-2', system: 'cv', action: 'Feed stopped.' }),
    )
    const query = `query($atLeast: Position) { incidents(filter: { system: "cv" }, atLeast: $atLeast) { count { value } edges { node {
      id title status systems { system name state actions { kind action } } deadlines { rule due overdue metAt } rootCause } } } }`
    expect(await server.ask(auditor, query, { atLeast })).toEqual({
      incidents: {
        count: { value: 1 },
        edges: [
          {
            node: {
              id: 'inc-2',
              title: 'Postcodes leaked',
              status: 'CONTAINED',
              systems: [
                { system: 'cv', name: 'CV screening', state: 'CONTAINED', actions: [{ kind: 'contained', action: 'Feed stopped.' }] },
              ],
              deadlines: [{ rule: 'gdpr-33-1', due: '2026-04-17T08:05:00.000Z', overdue: true, metAt: null }],
              rootCause: null,
            },
          },
        ],
      },
    })
  })

  test('open what was written of an incident however a query asks for it', async () => {
    const query = `{ incidents(filter: { system: "cv" }) { edges { ... { node { ...Told } } } } }
      fragment Told on Incident { title systems { ... on IncidentSystem { done: actions { action } } } }`
    expect(await server.ask(auditor, query)).toEqual({
      incidents: { edges: [{ node: { title: 'Postcodes leaked', systems: [{ done: [{ action: 'Feed stopped.' }] }] } }] },
    })
  })

  test('show a model with its versions, page by page', async () => {
    const version = (name: string, occurredAt: string) =>
      event('modelVersionRegistered', { model: 'cs', version: name, artifact: { sha256: 'a'.repeat(64) } }, occurredAt)
    const atLeast = await record(version('6', '2026-03-01T00:00:00.000Z'), version('7', '2026-03-02T00:00:00.000Z'))
    const query = `query($after: String, $atLeast: Position) { model(id: "cs", atLeast: $atLeast) { name openDrift
      versions(first: 1, after: $after) { edges { node { version artifact approvalInForce } } pageInfo { hasNextPage endCursor } } } }`
    const page = async (after: string | null) =>
      (
        await server.ask<{
          model: { versions: { edges: { node: { version: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }
        }>(auditor, query, { after, atLeast })
      ).model.versions
    const newest = await page(null)
    expect(newest).toMatchObject({ edges: [{ node: { version: '7', artifact: 'a'.repeat(64) } }], pageInfo: { hasNextPage: true } })
    expect(await page(newest.pageInfo.endCursor)).toMatchObject({ edges: [{ node: { version: '6' } }], pageInfo: { hasNextPage: false } })
  })

  test('say who may decide on an approval, and nobody by a key', async () => {
    const atLeast = await record(
      event('approvalRequested', {
        approval: 'cs-7',
        subject: 'model:cs@7',
        subjectVersion: '1',
        quorum: 1,
        approvers: ['per_anna', 'per_ben'],
        expiresAt: '2099-01-01T00:00:00.000Z',
        reason: 'The canary is to start.',
      }),
    )
    const query = `query($atLeast: Position) { approval(id: "cs-7", atLeast: $atLeast) { status subjectVersion reason mayDecide mayNotBecause requestedBy { kind }
      } approvals(filter: { mine: true }) { edges { node { id } } } overview(atLeast: $atLeast) { pendingApprovals pendingForMe } }`
    expect(await server.ask(auditor, query, { atLeast })).toEqual({
      approval: {
        status: 'PENDING',
        subjectVersion: '1',
        reason: 'The canary is to start.',
        mayDecide: false,
        mayNotBecause: 'NOT_ALLOWED',
        requestedBy: { kind: 'SERVICE' },
      },
      approvals: { edges: [] },
      overview: { pendingApprovals: 1, pendingForMe: 0 },
    })
  })

  test('say how much happened on each day', async () => {
    const query = `{ activity(system: "credit-scoring", from: "2026-04-13", to: "2026-04-14") { date events incidents deployments } }`
    expect(await server.ask(auditor, query)).toEqual({
      activity: [
        { date: '2026-04-13', events: 0, incidents: 0, deployments: 0 },
        { date: '2026-04-14', events: 4, incidents: 1, deployments: 0 },
      ],
    })
    const { errors } = await server.graphql(auditor, '{ activity(from: "2026-04-14", to: "2026-02-30") { date } }')
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  test('refuse cursors that were not given out', async () => {
    const { errors } = await server.graphql(auditor, '{ systems(after: "W10") { edges { cursor } } }')
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  test('are rebuilt on command', async () => {
    expect(await server.admin({ command: 'rebuild' })).toMatchObject({ status: 'done' })
    expect(await server.ask(auditor, '{ overview { systems openIncidents } }')).toEqual({ overview: { systems: 3, openIncidents: 2 } })
  })
})
