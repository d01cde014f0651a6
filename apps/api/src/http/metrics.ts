import type { LagHistogram } from '@annal/ledger'
import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { LogBoard } from '../log/log-board.ts'
import type { ViewsStatus } from '../serve/views-status.ts'

interface Watched {
  readonly views: ViewsStatus
  readonly lag: LagHistogram
  readonly sealLag: LagHistogram
  readonly board: LogBoard
  readonly queued: () => number
}

/** What an operator watches. Label values are bounded: types of refusals, views. */
export class Metrics {
  readonly registry = new Registry()
  readonly recorded = new Counter({ name: 'annal_events_recorded_total', help: 'Events recorded.', registers: [this.registry] })
  readonly repeated = new Counter({
    name: 'annal_events_repeated_total',
    help: 'Events that were recorded before.',
    registers: [this.registry],
  })
  readonly refused = new Counter({
    name: 'annal_events_refused_total',
    help: 'Events that were refused.',
    labelNames: ['code'],
    registers: [this.registry],
  })
  readonly appendSeconds = new Histogram({
    name: 'annal_append_seconds',
    help: 'From a parsed request to its durable receipts.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  })

  constructor({ views, lag, sealLag, board, queued }: Watched) {
    const registers = [this.registry]
    collectDefaultMetrics({ register: this.registry })
    new Gauge({
      name: 'annal_view_behind_events',
      help: 'How many events a view is behind the record; counting stops at 1,000.',
      labelNames: ['view'],
      registers,
      async collect() {
        for (const { name, behind } of await views.measure()) this.set({ view: name }, behind)
      },
    })
    new Gauge({
      name: 'annal_view_lag_seconds',
      help: 'From recordedAt until an event was visible, since the start.',
      labelNames: ['quantile'],
      registers,
      collect() {
        for (const quantile of [0.5, 0.95, 0.99]) this.set({ quantile: String(quantile) }, lag.percentile(quantile) / 1000)
      },
    })
    new Gauge({
      name: 'annal_seal_lag_seconds',
      help: 'From recordedAt until an event was under a signed head that was published, since the start.',
      labelNames: ['quantile'],
      registers,
      collect() {
        for (const quantile of [0.5, 0.95, 0.99]) this.set({ quantile: String(quantile) }, sealLag.percentile(quantile) / 1000)
      },
    })
    new Gauge({
      name: 'annal_sealed_events',
      help: 'Events under a published head since the start.',
      registers,
      collect() {
        this.set(sealLag.count)
      },
    })
    new Gauge({
      name: 'annal_seal_failing',
      help: '1 while a log is closed, fails, or nobody seals.',
      registers,
      collect() {
        this.set(board.problem() === null ? 0 : 1)
      },
    })
    new Gauge({
      name: 'annal_queries_queued',
      help: 'Calls that wait for a query worker or are under way in one.',
      registers,
      collect() {
        this.set(queued())
      },
    })
  }
}

export function metricsRoute(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.header('content-type', registry.contentType).send(await registry.metrics()))
}
