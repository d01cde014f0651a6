import { graphql } from '../../../test/kit/annal-process.ts'
import { graphqlRequest, httpLoad } from '../load/http-load.ts'
import { percentile } from '../load/statistics.ts'
import { campaignAt, instantAt } from '../record/estate.ts'
import type { LargeRecord } from '../record/large-record.ts'
import type { RecordedEstate } from '../record/record-estate.ts'
import type { Figure } from '../report.ts'
import type { Scale } from '../scale.ts'

const PATIENCE = 120_000
const WARM_UP = 10

/** What the dashboard asks for to show a page. */
const PAGE = `query Page($filter: EventFilter) {
  events(filter: $filter, first: 50) {
    edges { node { id type stream streamVersion position about actor { kind id } occurredAt recordedAt correlationId summary } }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Triple {
  readonly name: string
  readonly filter: Readonly<Record<string, unknown>>
  readonly matches: 'something' | 'nothing'
}

/** Three conditions at once, as people put them together when they look into something. */
function triples({ until, recordedAt }: RecordedEstate): Triple[] {
  const spring = { occurredFrom: instantAt(until, 0.3), occurredTo: instantAt(until, 0.7) }
  const shift = { recordedFrom: recordedAt[4], recordedTo: recordedAt[6] }
  return [
    { name: 'type, about, occurred', filter: { types: ['BiasAudited'], about: ['model:model-0'], ...spring }, matches: 'something' },
    { name: 'type, actor, recorded', filter: { types: ['DecisionMade'], actor: 'svc-2', ...shift }, matches: 'something' },
    { name: 'about, actor, text', filter: { about: ['aisystem:sys-1'], actor: 'svc-1', text: 'drift' }, matches: 'something' },
    { name: 'stream, type, occurred', filter: { stream: 'model-model-0', types: ['DriftDetected'], ...spring }, matches: 'something' },
    {
      name: 'correlation, type, actor',
      filter: { correlationId: campaignAt(0.5), types: ['ModelEvaluated'], actor: 'svc-0' },
      matches: 'something',
    },
    {
      name: 'type, about, actor: none',
      filter: { types: ['DecisionMade'], about: ['aisystem:sys-0'], actor: 'svc-0' },
      matches: 'nothing',
    },
  ]
}

interface Page {
  readonly events: { readonly edges: readonly unknown[] }
}

/** The first page of six combinations of three conditions over the whole record; the figure is the slowest one's. */
export async function trailPage(record: LargeRecord, { pageRequests, trailEvents }: Scale): Promise<Figure> {
  const { annal, auditor, estate, projected } = record
  const measured: { name: string; p50: number; p95: number; found: number }[] = []
  for (const { name, filter, matches } of triples(estate)) {
    const { events } = await graphql<Page>(annal.url, auditor, PAGE, { filter })
    const found = events.edges.length
    if (found > 0 !== (matches === 'something')) throw new Error(`expected ${matches} for "${name}", found ${found} events`)
    const request = graphqlRequest(auditor, JSON.stringify({ query: PAGE, variables: { filter } }))
    const ask = (requests: number) =>
      httpLoad({
        port: annal.port,
        connections: 1,
        milliseconds: PATIENCE,
        requests,
        nextRequest: () => request,
        accept: (body) => !body.includes('"errors"'),
      })
    await ask(WARM_UP)
    const { latencies } = await ask(pageRequests)
    measured.push({ name, p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95), found })
  }
  const made = `recorded in ${estate.seconds.toFixed(1)} s, projected in ${projected.seconds.toFixed(1)} s`
  return {
    name: 'trail-page-p95',
    value: Math.max(...measured.map(({ p95 }) => p95)),
    unit: 'ms',
    bound: { kind: 'at most', value: 15 },
    details: [
      `${trailEvents.toLocaleString('en')} events, ${made}`,
      ...measured.map(
        ({ name, p50, p95, found }) =>
          `${name.padEnd(25)} p50 ${p50.toFixed(1).padStart(5)} ms, p95 ${p95.toFixed(1).padStart(5)} ms, ${found} events`,
      ),
    ],
  }
}
