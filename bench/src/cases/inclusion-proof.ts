import { graphql } from '../../../test/kit/annal-process.ts'
import { graphqlRequest, httpLoad } from '../load/http-load.ts'
import { sealedSize } from '../load/sealed-size.ts'
import { percentile } from '../load/statistics.ts'
import type { LargeRecord } from '../record/large-record.ts'
import type { Figure } from '../report.ts'
import type { Scale } from '../scale.ts'

const PATIENCE = 300_000
const SAMPLED = 100
const PROOF = 'query Proof($id: UUID!) { inclusionProof(event: $id) { leafIndex treeSize entry path root head { size note } proof } }'
const IDS = '{ events(first: 100) { edges { node { id } } pageInfo { endCursor } } }'
const MORE =
  'query More($from: DateTime!) { events(first: 2, filter: { recordedFrom: $from }, order: OLDEST_FIRST) { edges { node { id } } } }'

interface Ids {
  readonly events: { readonly edges: readonly { readonly node: { readonly id: string } }[] }
}

/** Proofs of events from all over the record, one after the other, each asked for once. */
export async function inclusionProof({ annal, auditor, estate }: LargeRecord, { pageRequests, trailEvents }: Scale): Promise<Figure> {
  const seconds = await sealed(annal.url, await annal.workspace(), trailEvents)
  const ids = new Set<string>()
  for (const from of estate.recordedAt)
    for (const { node } of (await graphql<Ids>(annal.url, auditor, MORE, { from })).events.edges) ids.add(node.id)
  for (const { node } of (await graphql<Ids>(annal.url, auditor, IDS)).events.edges) ids.add(node.id)
  const requests = [...ids].slice(-SAMPLED).map((id) => graphqlRequest(auditor, JSON.stringify({ query: PROOF, variables: { id } })))
  let next = 0
  const { latencies } = await httpLoad({
    port: annal.port,
    connections: 1,
    milliseconds: PATIENCE,
    requests: Math.max(pageRequests, requests.length),
    nextRequest: () => requests[next++ % requests.length] ?? Buffer.alloc(0),
    accept: (body) => !body.includes('"errors"') && !body.includes('"inclusionProof":null'),
  })
  return {
    name: 'inclusion-proof-p95',
    value: percentile(latencies, 0.95),
    unit: 'ms',
    bound: { kind: 'at most', value: 5 },
    details: [
      `median ${percentile(latencies, 0.5).toFixed(1)} ms of ${requests.length} events, ${trailEvents.toLocaleString('en')} leaves, sealed ${seconds.toFixed(1)} s after the views`,
    ],
  }
}

async function sealed(url: string, workspace: string, events: number): Promise<number> {
  const started = performance.now()
  while ((await sealedSize(url, workspace)) < events) {
    if (performance.now() - started > PATIENCE)
      throw new Error(`expected ${events} events to be sealed, found ${await sealedSize(url, workspace)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return (performance.now() - started) / 1000
}
