import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ViewsStatus } from '../serve/views-status.ts'

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

  constructor(views: ViewsStatus, queued: () => number) {
    collectDefaultMetrics({ register: this.registry })
    const gauge = (name: string, help: string, set: (gauge: Gauge<'view'>) => void) =>
      new Gauge({
        name,
        help,
        labelNames: ['view'],
        registers: [this.registry],
        collect() {
          set(this)
        },
      })
    gauge('annal_view_lag_seconds', 'How long a view is behind the record.', (lag) => {
      for (const { name, lagMilliseconds } of views.all()) lag.set({ view: name }, lagMilliseconds / 1000)
    })
    gauge('annal_view_behind_events', 'How many events a view is behind the record.', (behind) => {
      for (const view of views.all()) behind.set({ view: view.name }, view.behind)
    })
    gauge('annal_queries_queued', 'Calls that wait for a query worker or are under way in one.', (waiting) => waiting.set(queued()))
  }
}

export function metricsRoute(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.header('content-type', registry.contentType).send(await registry.metrics()))
}
