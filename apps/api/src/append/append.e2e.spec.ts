import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APPEND, driftDetected, TestServer } from '../testing/test-server.ts'

let server: TestServer
let service: string
let person: string
let workspace: string
let administrator: string

beforeAll(async () => {
  server = await TestServer.start()
  const signedIn = await server.signIn()
  person = signedIn.cookie
  workspace = signedIn.workspace
  service = await server.key(workspace)
  administrator = (await server.ask<{ viewer: { id: string } }>(person, '{ viewer { id } }')).viewer.id
})
afterAll(() => server.stop())

const model = (id: string) => ({ model: id, name: 'Credit score', task: 'binary classification', owner: 'risk' })
const registered = (id: string) => ({ id: randomUUID(), occurredAt: '2026-02-05T09:00:00Z', event: { modelRegistered: model(id) } })

describe('append', () => {
  test('gives a receipt, and the same receipt for the same event again', async () => {
    const event = driftDetected({ model: 'again' })
    const [first] = await server.append(service, event)
    const [second] = await server.append(service, event)
    expect(first).toMatchObject({ __typename: 'Receipt', stream: `${workspace}.model-again`, streamVersion: '0', repeated: false })
    expect(second).toEqual({ ...first, repeated: true })
  })

  test('refuses the same id with other content', async () => {
    const id = randomUUID()
    await server.append(service, driftDetected({ model: 'differs' }, id))
    expect(await server.append(service, driftDetected({ model: 'differs', value: 0.9 }, id))).toMatchObject([
      { __typename: 'Refusal', code: 'CONTENT_DIFFERS' },
    ])
  })

  test('answers a batch in the order sent; a refusal takes its stream with it and no other', async () => {
    const future = { ...driftDetected({ model: 'broken' }), occurredAt: new Date(Date.now() + 10 * 60_000).toISOString() }
    const outcomes = await server.append(
      service,
      driftDetected({ model: 'whole' }),
      future,
      driftDetected({ model: 'broken' }),
      driftDetected({ model: 'whole' }),
    )
    expect(outcomes.map(({ code, streamVersion }) => code ?? streamVersion)).toEqual([
      '0',
      'OCCURRED_IN_THE_FUTURE',
      'SIBLING_REFUSED',
      '1',
    ])
  })

  test('refuses what would put a legal deadline off, or stop one, from ahead of time', async () => {
    const ahead = '2099-01-01T00:00:00Z'
    const now = { id: randomUUID(), occurredAt: new Date().toISOString() }
    const known = { title: 't', category: 'privacy', severity: 'high', occurredAt: '2026-02-01T00:00:00Z', systems: ['scoring'] }
    const reported = (incident: string, awareAt: string) => ({ incidentReported: { ...known, incident, awareAt } })
    const told = { incident: 'told', authority: 'BfDI', kind: 'first', regime: 'gdpr', sentAt: ahead }
    const refusal = (path: string) => [{ code: 'OCCURRED_IN_THE_FUTURE', path }]
    expect(await server.append(service, { ...now, event: reported('ahead', ahead) })).toMatchObject(refusal('/awareAt'))
    expect(await server.append(service, { ...now, event: { authorityNotified: told } })).toMatchObject(refusal('/sentAt'))
    const [receipt] = await server.append(service, { ...now, event: reported('told', '2026-02-02T00:00:00Z') })
    const correction = { event: `${receipt?.stream}/${receipt?.id}`, reason: 'wrong', data: reported('told', ahead) }
    expect(await server.append(service, { ...now, id: randomUUID(), event: { eventCorrected: correction } })).toMatchObject(
      refusal('/data/awareAt'),
    )
  })

  test('refuses data that names an event of another workspace', async () => {
    const now = { id: randomUUID(), occurredAt: new Date().toISOString() }
    const [receipt] = await server.append(service, driftDetected({ model: 'named' }))
    const elsewhere = `ws_otherotherother.model-named/${receipt?.id}`
    const correction = { event: elsewhere, reason: 'wrong', data: driftDetected({ model: 'named' }).event }
    expect(await server.append(service, { ...now, event: { eventCorrected: correction } })).toMatchObject([
      { code: 'INVALID_EVENT', path: '/event' },
    ])
  })

  const broken: [string, (event: Record<string, unknown>) => Record<string, unknown>, string][] = [
    ['a field that is not right', () => driftDetected({ model: 'part', window: 'P7' }), 'INVALID_EVENT'],
    ['a cause that is none', (event) => ({ ...event, causationId: 'model-cs' }), 'INVALID_EVENT'],
    [
      'a decision of a person',
      (event) => ({ ...event, event: { modelRetired: { model: 'part', reason: 'Replaced.' } } }),
      'DECISION_NEEDS_A_PERSON',
    ],
  ]
  test.each(broken)('refuses a stream’s part for %s, but what is recorded keeps its receipt', async (_what, refused, code) => {
    const repeated = driftDetected({ model: 'part' })
    const [receipt] = await server.append(service, repeated)
    const outcomes = await server.append(
      service,
      driftDetected({ model: 'part' }),
      repeated,
      refused(driftDetected({ model: 'part' })),
      driftDetected({ model: 'other-part' }),
    )
    expect(outcomes).toMatchObject([{ code: 'SIBLING_REFUSED' }, { ...receipt, repeated: true }, { code }, { __typename: 'Receipt' }])
  })

  test('can’t tell the stream of an event whose name for it is not right', async () => {
    expect(await server.append(service, driftDetected({ model: 'Not An Id' }), driftDetected({ model: 'told' }))).toMatchObject([
      { code: 'INVALID_EVENT', path: '/model' },
      { __typename: 'Receipt' },
    ])
  })

  test('expects the version that the sender saw', async () => {
    const at = (expectedVersion: string) => ({ ...driftDetected({ model: 'versions' }), expectedVersion })
    expect(await server.append(service, at('-1'))).toMatchObject([{ streamVersion: '0' }])
    expect(await server.append(service, at('-1'))).toMatchObject([{ code: 'WRONG_EXPECTED_VERSION' }])
    expect(await server.append(service, at('0'))).toMatchObject([{ streamVersion: '1' }])
  })

  test('takes an observation that breaks a rule, but none that contradicts the record', async () => {
    expect(await server.append(service, registered('once'))).toMatchObject([{ __typename: 'Receipt' }])
    expect(await server.append(service, registered('once'))).toMatchObject([{ code: 'CONTRADICTS_RECORD' }])
  })

  test('of many that contradict each other, sent at once, takes exactly one', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => server.append(service, registered('race'), driftDetected({ model: 'race' }))),
    )
    expect(outcomes.filter(([first]) => first?.__typename === 'Receipt')).toHaveLength(1)
    expect(outcomes.filter(([, second]) => second?.__typename === 'Receipt')).toHaveLength(1)
  })

  test('gives the receipt of a guarded event again, although it could not be decided so again', async () => {
    const event = registered('guarded')
    const [first] = await server.append(service, event)
    expect(await server.append(service, event)).toEqual([{ ...first, repeated: true }])
  })

  test('gives a guarded event that a batch holds twice one receipt twice, and decides on it once', async () => {
    const event = registered('twice')
    const [first, drift, second] = await server.append(service, event, driftDetected({ model: 'twice' }), event)
    expect(first).toMatchObject({ __typename: 'Receipt', streamVersion: '0', repeated: false })
    expect(drift).toMatchObject({ streamVersion: '1' })
    expect(second).toEqual({ ...first, repeated: true })
    const other = { ...registered('differs-at-once'), event: { modelRegistered: { ...model('differs-at-once'), name: 'Another' } } }
    expect(await server.append(service, { ...registered('differs-at-once'), id: other.id }, other)).toMatchObject([
      { code: 'SIBLING_REFUSED' },
      { code: 'CONTENT_DIFFERS' },
    ])
  })

  test('leaves decisions to people', async () => {
    const retired = (id: string) => ({
      id: randomUUID(),
      occurredAt: '2026-05-01T09:00:00Z',
      event: { modelRetired: { model: id, reason: 'Replaced.' } },
    })
    await server.append(service, registered('retiring'))
    expect(await server.append(service, retired('retiring'))).toMatchObject([{ code: 'DECISION_NEEDS_A_PERSON' }])
    expect(await server.append(person, retired('never-registered'))).toMatchObject([{ code: 'DECISION_REFUSED' }])
    expect(await server.append(person, retired('retiring'))).toMatchObject([{ __typename: 'Receipt' }])
  })

  test('takes a stream version as the number that the examples of events show', async () => {
    await server.append(service, registered('numbered'))
    const approvalRequested = {
      approval: 'numbered',
      subject: 'model:numbered',
      gate: 'release',
      subjectVersion: 0,
      approvers: [administrator],
      quorum: 1,
      expiresAt: '2099-01-01T00:00:00.000Z',
    }
    const requested = { id: randomUUID(), occurredAt: '2026-05-01T09:00:00Z', event: { approvalRequested } }
    expect(await server.append(service, requested)).toMatchObject([{ __typename: 'Receipt' }])
    expect(
      await server.append(service, { ...requested, event: { approvalRequested: { ...approvalRequested, subjectVersion: '0' } } }),
    ).toMatchObject([{ __typename: 'Receipt', repeated: true }])
    expect(
      (
        await server.graphql(service, APPEND, {
          events: [{ ...requested, event: { approvalRequested: { ...approvalRequested, subjectVersion: 0.5 } } }],
        })
      ).errors[0]?.extensions.code,
    ).toBe('BAD_USER_INPUT')
  })

  test('records what follows from a decision with it', async () => {
    const approval = 'release-cs-7'
    await server.append(service, registered('approved'))
    const requested = {
      id: randomUUID(),
      occurredAt: '2026-05-01T09:00:00Z',
      event: {
        approvalRequested: {
          approval,
          subject: 'model:approved',
          gate: 'release',
          subjectVersion: '0',
          approvers: [administrator],
          quorum: 1,
          expiresAt: '2099-01-01T00:00:00.000Z',
        },
      },
    }
    expect(await server.append(service, requested)).toMatchObject([{ __typename: 'Receipt' }])
    const given = {
      id: randomUUID(),
      occurredAt: '2026-05-02T09:00:00Z',
      event: { approvalGiven: { approval, subject: 'model:approved' } },
    }
    const [receipt] = await server.append(person, given)
    expect(receipt).toMatchObject({ __typename: 'Receipt', streamVersion: '1' })
    const { events } = await server.ask<{ events: { edges: { node: { type: string; causationId: string | null } }[] } }>(
      person,
      `query ($stream: String!, $at: Position) { events(filter: { stream: $stream }, order: OLDEST_FIRST, atLeast: $at) { edges { node { type causationId } } } }`,
      { stream: `approval-${approval}`, at: receipt?.position },
    )
    const types = events.edges.map(({ node }) => node)
    expect(types.map(({ type }) => type)).toEqual(['ApprovalRequested', 'ApprovalGiven', 'ApprovalGranted'])
    expect(types[2]?.causationId).toBe(`${workspace}.approval-${approval}/${given.id}`)
  })

  test('corrects an observation with its whole data, for those who may record it', async () => {
    const id = randomUUID()
    await server.append(service, driftDetected({ model: 'corrected' }, id))
    const correction = (event: string) => ({
      id: randomUUID(),
      occurredAt: '2026-05-01T09:00:00Z',
      event: {
        eventCorrected: {
          event,
          reason: 'Taken over one day.',
          data: {
            driftDetected: { model: 'corrected', version: '7', kind: 'data', metric: 'psi', value: 0.21, threshold: 0.2, window: 'P7D' },
          },
        },
      },
    })
    expect(await server.append(service, correction(`${workspace}.model-corrected/${id}`))).toMatchObject([
      { __typename: 'Receipt', streamVersion: '1' },
    ])
    expect(await server.append(service, correction(`${workspace}.model-corrected/${randomUUID()}`))).toMatchObject([
      { code: 'CONTRADICTS_RECORD' },
    ])
  })

  test('mints one id for a reference to a person, for services only', async () => {
    const ask = (credential: string, reference: string) =>
      server.graphql(
        credential,
        'mutation ($reference: String!) { subjectFor(reference: $reference) { __typename ... on Subject { id } } }',
        { reference },
      )
    const first = await ask(service, 'customer 4711')
    expect(first.data).toEqual({ subjectFor: { __typename: 'Subject', id: expect.stringMatching(/^sub_/) } })
    expect((await ask(service, 'customer 4711')).data).toEqual(first.data)
    expect((await ask(service, 'customer 4712')).data).not.toEqual(first.data)
    expect(await ask(person, 'customer 4711')).toMatchObject({ data: { subjectFor: { __typename: 'NotAllowed' } }, errors: [] })
  })
})
