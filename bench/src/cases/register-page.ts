import { graphql } from '../../../test/kit/annal-process.ts'
import { graphqlRequest, httpLoad } from '../load/http-load.ts'
import { percentile } from '../load/statistics.ts'
import type { LargeRecord } from '../record/large-record.ts'
import type { Figure } from '../report.ts'
import type { Scale } from '../scale.ts'

const PATIENCE = 120_000
const WARM_UP = 10

const SYSTEMS = `query Systems($filter: SystemFilter, $sort: SystemSort, $after: String) {
  systems(filter: $filter, sort: $sort, after: $after, first: 50) {
    edges { cursor node { id name owner businessUnit role riskClass phase retiredAt lastEventAt events openIncidents openViolations
      pendingApprovals driftAlerts } }
    pageInfo { hasNextPage endCursor } count { value exact }
  }
}`

interface Page {
  readonly name: string
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

/** What the dashboard's registers ask for. */
function pages(after: string): Page[] {
  return [
    { name: 'systems by name', query: SYSTEMS },
    { name: 'systems, a later page', query: SYSTEMS, variables: { after } },
    { name: 'systems, last event', query: SYSTEMS, variables: { sort: 'LAST_EVENT' } },
    { name: 'systems, worst first', query: SYSTEMS, variables: { sort: 'OPEN_ISSUES' } },
    { name: 'systems, search and filter', query: SYSTEMS, variables: { filter: { search: 'predic', riskClass: 'minimal' } } },
    {
      name: 'models',
      query: '{ models(first: 50) { edges { node { id name task owner stage lastEventAt events openDrift } } count { value } } }',
    },
    {
      name: 'approvals',
      query: `{ approvals(first: 50) { edges { node { id subject status inForce requestedAt expiresAt reason mayDecide given { person } } }
        count { value } } }`,
    },
    {
      name: 'incidents',
      query: `{ incidents(first: 50) { edges { node { id title category severity status systems { system name state }
        deadlines { due overdue } } } count { value } } }`,
    },
    { name: 'violations', query: '{ violations(first: 50) { edges { node { id rule subject system recordedAt } } count { value } } }' },
  ]
}

interface Beginning {
  readonly systems: { readonly pageInfo: { readonly endCursor: string }; readonly count: { readonly value: number } }
}

/** A page of each register over the whole record, as the dashboard asks for it; the figure is the slowest one's. */
export async function registerPage({ annal, auditor }: LargeRecord, { pageRequests, trailEvents }: Scale): Promise<Figure> {
  const { systems } = await graphql<Beginning>(annal.url, auditor, SYSTEMS, {})
  const measured: { name: string; p50: number; p95: number }[] = []
  for (const { name, query, variables = {} } of pages(systems.pageInfo.endCursor)) {
    const request = graphqlRequest(auditor, JSON.stringify({ query, variables }))
    const ask = (requests: number) =>
      httpLoad({
        port: annal.port,
        connections: 1,
        milliseconds: PATIENCE,
        requests,
        nextRequest: () => request,
        accept: (body) => !body.includes('"errors"') && body.includes('"node"'),
      })
    await ask(WARM_UP)
    const { latencies } = await ask(pageRequests)
    measured.push({ name, p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) })
  }
  return {
    name: 'register-page-p95',
    value: Math.max(...measured.map(({ p95 }) => p95)),
    unit: 'ms',
    bound: { kind: 'at most', value: 15 },
    details: [
      `${systems.count.value.toLocaleString('en')} systems, ${trailEvents.toLocaleString('en')} events`,
      ...measured.map(
        ({ name, p50, p95 }) => `${name.padEnd(27)} p50 ${p50.toFixed(1).padStart(5)} ms, p95 ${p95.toFixed(1).padStart(5)} ms`,
      ),
    ],
  }
}
