import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const EVENTS = `query Events($types: [EventTypeName!]!) { events(filter: { types: $types }, order: OLDEST_FIRST, first: 100) {
  edges { node { id type stream actor { kind id } occurredAt causationId correlationId about data } } } }`

interface SeenEvent {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly actor: { readonly kind: string; readonly id: string }
  readonly occurredAt: string
  readonly causationId: string | null
  readonly correlationId: string | null
  readonly about: readonly string[]
  readonly data: Record<string, unknown>
}

let server: TestServer
let service: string
let person: string
let workspace: string

beforeAll(async () => {
  server = await TestServer.start()
  ;({ cookie: person, workspace } = await server.signIn())
  service = await server.key(workspace)
})
afterAll(() => server.stop())

const instant = (inMs = 0) => new Date(Date.now() + inMs).toISOString()
const envelope = (event: Record<string, unknown>, occurredAt = instant()) => ({ id: randomUUID(), occurredAt, event })

async function eventsOf(...types: string[]): Promise<SeenEvent[]> {
  const { events } = await server.ask<{ events: { edges: { node: SeenEvent }[] } }>(person, EVENTS, { types })
  return events.edges.map(({ node }) => node)
}

async function eventually<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (const until = Date.now() + 15_000; ; ) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error('expected it to follow within 15 s, found nothing')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const deployed = (version: string) => ({
  versionDeployed: { model: 'cs', version, environment: 'production', kind: 'real_time', strategy: 'all', systems: ['credit-scoring'] },
})

describe('a deployment to production', () => {
  test('without an approval becomes a violation, recorded by Annal, that names its cause', async () => {
    const sent = { ...envelope(deployed('7')), correlationId: 'release-7' }
    const [receipt] = await server.append(service, sent)
    const violation = await eventually(async () => (await eventsOf('ViolationRecorded')).find(({ data }) => data.subject === 'model:cs@7'))
    expect(violation).toMatchObject({
      type: 'ViolationRecorded',
      actor: { kind: 'SERVICE', id: 'annal' },
      causationId: `${receipt?.stream}/${sent.id}`,
      correlationId: 'release-7',
      about: expect.arrayContaining(['model:cs@7', 'aisystem:credit-scoring']),
      data: { rule: 'deployed-without-approval', event: `${receipt?.stream}/${sent.id}` },
    })
  })

  test('to a test environment is none', async () => {
    const event = { versionDeployed: { ...deployed('8').versionDeployed, environment: 'staging' } }
    await server.append(service, envelope(event), envelope(deployed('9')))
    await eventually(async () => (await eventsOf('ViolationRecorded')).find(({ data }) => data.subject === 'model:cs@9'))
    expect((await eventsOf('ViolationRecorded')).filter(({ data }) => data.subject === 'model:cs@8')).toEqual([])
  })
})

test('an incident opens the task to tell the authority, and telling it closes the task', async () => {
  const incident = 'inc-1'
  const reported = {
    incidentReported: {
      incident,
      title: 'Refusals rose',
      category: 'fundamental-rights',
      severity: 'high',
      occurredAt: instant(-60_000),
      awareAt: instant(-30_000),
      systems: ['credit-scoring'],
    },
  }
  const [outcome] = await server.append(service, envelope(reported))
  expect(outcome).toMatchObject({ __typename: 'Receipt' })
  const task = await eventually(async () => (await eventsOf('TaskOpened')).find(({ data }) => data.for === `incident:${incident}`))
  expect(task.data).toMatchObject({ obligation: 'art-73.2', systems: ['credit-scoring'] })
  const notified = { authorityNotified: { incident, authority: 'BNetzA', kind: 'first', sentAt: instant(-1_000) } }
  await server.append(service, envelope(notified))
  const done = await eventually(async () => (await eventsOf('TaskDone')).find(({ data }) => data.task === task.data.task))
  expect(done.data).toMatchObject({ outcome: 'done' })
})

test('a rebuild of the views leads to nothing', async () => {
  const before = await eventsOf('ViolationRecorded', 'TaskOpened', 'TaskDone')
  await server.admin({ command: 'rebuild' })
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(await eventsOf('ViolationRecorded', 'TaskOpened', 'TaskDone')).toEqual(before)
})

test('a restart goes on where it stopped', async () => {
  await server.restart()
  service = await server.key(workspace)
  ;({ cookie: person } = await server.signIn())
  await server.append(service, envelope(deployed('10')))
  await eventually(async () => (await eventsOf('ViolationRecorded')).find(({ data }) => data.subject === 'model:cs@10'))
  const subjects = (await eventsOf('ViolationRecorded')).map(({ data }) => data.subject)
  expect(subjects).toEqual(['model:cs@7', 'model:cs@9', 'model:cs@10'])
})
