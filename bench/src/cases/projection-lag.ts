import { randomUUID } from 'node:crypto'
import { AnnalProcess, graphql } from '../../../test/kit/annal-process.ts'
import type { BenchCase } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import { percentile } from '../load/statistics.ts'
import { biasAudit } from './bias-audit.ts'

const BATCH = 10
const REQUESTS_PER_SECOND = 400
const CONNECTIONS = 16
const PROBE_EVERY = 50
/** Below this share of the load that was meant, the lag is that of another load. */
const STEADY = 0.97

/** At a steady 4,000 events a second: from the receipt of an event to the answer that shows it, as an auditor would ask. */
export const projectionLag: BenchCase = {
  figures: ['projection-lag-p99'],
  async run({ scale }) {
    const annal = await AnnalProcess.start()
    try {
      const service = await annal.key('service')
      const nextRequest = appendRequests(service, BATCH)
      const steady = (milliseconds: number) =>
        httpLoad({
          port: annal.port,
          connections: CONNECTIONS,
          milliseconds,
          nextRequest,
          accept: allRecorded,
          ratePerSecond: REQUESTS_PER_SECOND,
        })
      const probe = prober(annal.url, service, await annal.key('auditor'))
      await probe()
      await steady(scale.warmUp)
      const probes: Promise<number>[] = []
      const timer = setInterval(() => probes.push(probe()), PROBE_EVERY)
      const { perSecond } = await steady(scale.steadyLoad).finally(() => clearInterval(timer))
      const lags = Float64Array.from(await Promise.all(probes)).sort()
      const share = perSecond / REQUESTS_PER_SECOND
      return [
        {
          name: 'projection-lag-p99',
          value: percentile(lags, 0.99),
          unit: 'ms',
          bound: { kind: 'at most', value: 250 },
          details: [
            `median ${percentile(lags, 0.5).toFixed(1)} ms of ${lags.length} probes at ${Math.round(perSecond * BATCH)} events a second`,
          ],
          ...(share < STEADY
            ? { shortfall: `expected ${REQUESTS_PER_SECOND * BATCH} events a second, found ${Math.round(perSecond * BATCH)}` }
            : {}),
        },
      ]
    } finally {
      await annal.stop()
    }
  },
}

const APPEND = 'mutation($events: [EventEnvelopeInput!]!) { append(events: $events) { position outcomes { __typename } } }'
const READ = 'query($id: UUID!, $position: Position!) { event(id: $id, atLeast: $position) { id } }'

interface Appended {
  readonly append: { readonly position: string | null; readonly outcomes: readonly { readonly __typename: string }[] }
}

interface Read {
  readonly event: { readonly id: string } | null
}

/** Records one event and waits until it is shown; gives the milliseconds from the receipt to the answer. */
function prober(url: string, service: string, auditor: string): () => Promise<number> {
  let n = 0
  return async () => {
    const id = randomUUID()
    const events = [{ id, occurredAt: new Date().toISOString(), event: { biasAudited: biasAudit(n++) } }]
    const { append } = await graphql<Appended>(url, service, APPEND, { events })
    if (append.position === null) throw new Error(`expected a receipt for the probe, found ${JSON.stringify(append.outcomes)}`)
    const receipt = performance.now()
    const { event } = await graphql<Read>(url, auditor, READ, { id, position: append.position })
    if (event?.id !== id) throw new Error(`expected the probe ${id} to be visible, found ${JSON.stringify(event)}`)
    return performance.now() - receipt
  }
}
