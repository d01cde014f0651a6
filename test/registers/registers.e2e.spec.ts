import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { AnnalProcess, graphql } from '../kit/annal-process.ts'
import { eventStores } from '../kit/event-stores.ts'

const AT = '2026-04-14T08:05:00.000Z'
const event = (member: string, data: Readonly<Record<string, unknown>>) => ({ id: randomUUID(), occurredAt: AT, event: { [member]: data } })

const story = [
  event('systemRegistered', {
    system: 'credit-scoring',
    name: 'Credit scoring',
    purpose: 'Scores loan applications.',
    owner: 'model-risk',
    businessUnit: 'lending',
    role: 'provider',
    region: 'eu-central',
  }),
  event('modelRegistered', { model: 'cs', name: 'Scorer', task: 'classification', owner: 'model-risk' }),
  event('versionDeployed', {
    model: 'cs',
    version: '7',
    environment: 'staging',
    kind: 'real_time',
    strategy: 'all',
    systems: ['credit-scoring'],
  }),
  event('driftDetected', {
    model: 'cs',
    version: '7',
    kind: 'data',
    metric: 'psi',
    value: 0.27,
    threshold: 0.2,
    window: 'P7D',
    systems: ['credit-scoring'],
  }),
  event('incidentReported', {
    incident: 'inc-1',
    title: 'Refusals rose',
    category: 'bias',
    severity: 'high',
    occurredAt: AT,
    awareAt: AT,
    systems: ['credit-scoring'],
  }),
]

const APPEND = `mutation($events: [EventEnvelopeInput!]!) { append(events: $events) { position outcomes { __typename } } }`
const READ = `query($atLeast: Position) {
  systems(atLeast: $atLeast) { edges { node { id name events driftAlerts openIncidents models { model version environment } } } count { value } }
  models(atLeast: $atLeast) { edges { node { id name openDrift deployments { version environment } } } }
  incidents(atLeast: $atLeast) { edges { node { id title status systems { name state } } } }
  overview(atLeast: $atLeast) { systems openIncidents driftAlerts badNews { kind title system systemName owner } }
}`

const shown = {
  systems: {
    edges: [
      {
        node: {
          id: 'credit-scoring',
          name: 'Credit scoring',
          events: 4,
          driftAlerts: 1,
          openIncidents: 1,
          models: [{ model: 'cs', version: '7', environment: 'staging' }],
        },
      },
    ],
    count: { value: 1 },
  },
  models: { edges: [{ node: { id: 'cs', name: 'Scorer', openDrift: 1, deployments: [{ version: '7', environment: 'staging' }] } }] },
  incidents: {
    edges: [
      {
        node: { id: 'inc-1', title: 'Refusals rose', status: 'REPORTED', systems: [{ name: 'Credit scoring', state: 'IMPLICATED' }] },
      },
    ],
  },
  overview: {
    systems: 1,
    openIncidents: 1,
    driftAlerts: 1,
    badNews: [
      { kind: 'OPEN_INCIDENT', title: 'Refusals rose', system: 'credit-scoring', systemName: 'Credit scoring', owner: 'model-risk' },
      { kind: 'DRIFT', title: 'Data drift of Scorer 7: psi 0.27, bound 0.2', system: 'credit-scoring', owner: 'model-risk' },
    ],
  },
}

describe.each(eventStores)('the registers over $name', ({ open }) => {
  test('show what was recorded, and show it again when they are built anew', async () => {
    const store = await open()
    const annal = await AnnalProcess.start(store)
    try {
      const auditor = await annal.key('auditor')
      const { append } = await graphql<{ append: { position: string } }>(annal.url, await annal.key('service'), APPEND, { events: story })
      expect(await graphql(annal.url, auditor, READ, { atLeast: append.position })).toMatchObject(shown)
      await annal.command({ command: 'rebuild' })
      expect(await graphql(annal.url, auditor, READ, {})).toMatchObject(shown)
    } finally {
      await annal.stop()
      await store.close()
    }
  })
})
