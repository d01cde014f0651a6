import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { Recorder } from '../append/recorder.ts'
import { cloudEventsRoute } from '../cloudevents/cloud-events-route.ts'
import type { Authenticate } from '../graphql/graphql-routes.ts'
import { dashboardRoutes } from '../http/dashboard-routes.ts'
import { healthRoutes } from '../http/health-routes.ts'
import { type Metrics, metricsRoute } from '../http/metrics.ts'
import { sendError } from '../http/send-error.ts'
import { TypedError } from '../http/typed-error.ts'
import { sessionRoutes } from '../identity/session-routes.ts'
import { exportRoute } from '../trail/export-route.ts'
import type { ServerConfig } from './config.ts'
import type { IdentityRoom } from './identity-room.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import { readinessChecks } from './readiness.ts'
import type { ReadingRoom } from './reading-room.ts'

export interface RouteSurroundings {
  readonly config: ServerConfig
  readonly room: LedgerRoom
  readonly identity: IdentityRoom
  readonly reading: ReadingRoom
  readonly recorder: Recorder
  readonly metrics: Metrics
  readonly authenticate: Authenticate
  readonly webFolder: string
}

/** Everything but GraphQL. Each group of routes is a scope of its own, with the error handler that Nest's doesn't replace. */
export function registerRoutes(app: FastifyInstance, around: RouteSurroundings): void {
  const { config, room, identity, reading, recorder, metrics, authenticate } = around
  const now = () => new Date().toISOString()
  const scope = (routes: (scoped: FastifyInstance) => void | Promise<void>) =>
    app.register(async (scoped) => {
      scoped.setErrorHandler((error, request, reply) => sendError(error, request, reply))
      await routes(scoped)
    })
  scope((scoped) => {
    healthRoutes(scoped, readinessChecks(room.store, reading.views, config.data))
    metricsRoute(scoped, metrics)
    exportRoute(scoped, reading.trail, authenticate)
    nothingElse(scoped)
  })
  scope(async (scoped) => {
    const secure = config.publicUrl?.startsWith('https:') ?? false
    await scoped.register(rateLimit, { max: 20, timeWindow: 60_000, errorResponseBuilder: tooManySignIns })
    sessionRoutes(scoped, { ledger: room.ledger, sessions: room.sessions, directory: identity.directory, now, secure })
  })
  scope((scoped) => cloudEventsRoute(scoped, { authenticate, recorder, store: room.store, now }))
  scope((scoped) => dashboardRoutes(scoped, around.webFolder))
}

function tooManySignIns(): Error {
  return new TypedError('RATE_LIMITED', 'More than 20 sign-ins in a minute from this address.')
}

function nothingElse(app: FastifyInstance): void {
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: async () => {
      throw new TypedError('NOT_FOUND', 'There is nothing at this address.')
    },
  })
}
