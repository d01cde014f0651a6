import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const START = '2026-03-02T08:00:00.000Z'
const EXPIRY = '2026-06-01T00:00:00.000Z'
const EVENTS = `query Events($types: [EventTypeName!]!) { events(filter: { types: $types }, order: OLDEST_FIRST, first: 100) {
  edges { node { id stream occurredAt recordedAt causationId data } } } }`

interface SeenEvent {
  readonly id: string
  readonly stream: string
  readonly occurredAt: string
  readonly recordedAt: string
  readonly causationId: string
  readonly data: Record<string, unknown>
}

let server: TestServer
let service: string
let person: string
let self: string

beforeAll(async () => {
  server = await TestServer.start(undefined, ['--sample-from', START])
  const { cookie, workspace } = await server.signIn()
  person = cookie
  service = await server.key(workspace)
  self = (await server.ask<{ viewer: { id: string } }>(person, '{ viewer { id } }')).viewer.id
})
afterAll(() => server.stop())

async function now(): Promise<string> {
  return (await server.ask<{ viewer: { clock: string } }>(person, '{ viewer { clock } }')).viewer.clock
}

async function record(credential: string, event: Record<string, unknown>): Promise<string> {
  const id = randomUUID()
  const [outcome] = await server.append(credential, { id, occurredAt: await now(), event })
  expect(outcome).toMatchObject({ __typename: 'Receipt' })
  return `${outcome?.stream}/${id}`
}

async function events(type: string): Promise<SeenEvent[]> {
  const answer = await server.ask<{ events: { edges: { node: SeenEvent }[] } }>(person, EVENTS, { types: [type] })
  return answer.events.edges.map(({ node }) => node)
}

async function eventually(type: string, holds: (event: SeenEvent) => boolean): Promise<SeenEvent> {
  for (const until = Date.now() + 30_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const found = (await events(type)).find(holds)
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error(`expected a ${type} to follow within 30 s, found none`)
  }
}

async function approve(approval: string, subject: string): Promise<string> {
  const terms = { approval, subject, subjectVersion: '1000', quorum: 1, approvers: [self], expiresAt: EXPIRY }
  await record(service, { approvalRequested: terms })
  return record(person, { approvalGiven: { approval, subject } })
}

const deploy = (version: string) =>
  record(service, { versionDeployed: { model: 'cs', version, environment: 'production', kind: 'real_time', strategy: 'all' } })
const advance = (to: string) => server.admin({ command: 'advance-clock', to })

test('an approval is in force until its subject changes materially, and the lapse names the change', async () => {
  await approve('cs-7', 'model:cs@7')
  await deploy('7')
  const changed = await record(service, { systemChanged: { system: 'churn', change: 'Another model.' } })
  await approve('churn', 'aisystem:churn')
  const again = await record(service, { systemChanged: { system: 'churn', change: 'Another threshold.' } })
  const lapse = await eventually('ApprovalLapsed', ({ data }) => data.approval === 'churn')
  expect(lapse).toMatchObject({ stream: expect.stringContaining('.approval-churn'), causationId: again })
  expect(lapse.data).toMatchObject({ because: 'subject_changed', cause: again })
  expect(lapse.data.cause).not.toBe(changed)
  const unapproved = await deploy('8')
  await eventually('ViolationRecorded', ({ data }) => data.event === unapproved)
  expect((await events('ViolationRecorded')).map(({ data }) => data.subject)).toEqual(['model:cs@8'])
})

test('two weeks before it expires a task is opened, and with its term it lapses', async () => {
  await advance('2026-05-18T00:00:05.000Z')
  const task = await eventually('TaskOpened', ({ data }) => data.for === 'model:cs@7')
  expect(task).toMatchObject({ occurredAt: '2026-05-18T00:00:00.000Z', data: { due: EXPIRY } })
  expect((await events('ApprovalLapsed')).map(({ data }) => data.approval)).toEqual(['churn'])

  await advance('2026-06-01T00:00:05.000Z')
  const lapse = await eventually('ApprovalLapsed', ({ data }) => data.approval === 'cs-7')
  expect(lapse).toMatchObject({ occurredAt: EXPIRY, data: { because: 'expired' } })
  const late = await deploy('7')
  await eventually('ViolationRecorded', ({ data }) => data.event === late)
})

test('what came due while the server was down comes with its next start, once', async () => {
  const drift = await record(service, {
    driftDetected: { model: 'cs', version: '7', kind: 'data', metric: 'psi', value: 0.3, threshold: 0.2, window: 'P7D' },
  })
  // So that a cursor behind the alert is written before the end.
  await eventually('DriftDetected', () => true)
  await server.restart()
  ;({ cookie: person } = await server.signIn())
  await advance('2026-06-20T00:00:00.000Z')
  const task = await eventually('TaskOpened', ({ data }) => data.cause === drift)
  expect(task.data).toMatchObject({ for: 'model:cs@7' })
  await server.restart()
  ;({ cookie: person } = await server.signIn())
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  expect((await events('TaskOpened')).filter(({ data }) => data.cause === drift)).toHaveLength(1)
})
