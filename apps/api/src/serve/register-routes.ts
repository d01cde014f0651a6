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
import type { SignIns } from '../identity/sign-ins.ts'
import { logRoutes } from '../log/log-routes.ts'
import { packRoutes } from '../packs/pack-routes.ts'
import { exportRoute } from '../trail/export-route.ts'
import type { ServerConfig } from './config.ts'
import type { IdentityRoom } from './identity-room.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import type { PackingRoom } from './packing-room.ts'
import { readinessChecks } from './readiness.ts'
import type { ReadingRoom } from './reading-room.ts'
import type { SealingRoom } from './sealing-room.ts'

export interface RouteSurroundings {
  readonly config: ServerConfig
  readonly room: LedgerRoom
  readonly identity: IdentityRoom
  readonly signIns: SignIns
  readonly reading: ReadingRoom
  readonly sealing: SealingRoom
  readonly packing: PackingRoom
  readonly recorder: Recorder
  readonly metrics: Metrics
  readonly authenticate: Authenticate
  readonly webFolder: string
}

/** Everything but GraphQL. Each group of routes is a scope of its own, with the error handler that Nest's doesn't replace. */
export function registerRoutes(app: FastifyInstance, around: RouteSurroundings): void {
  const { config, room, identity, signIns, reading, sealing, recorder, metrics, authenticate } = around
  const scope = (routes: (scoped: FastifyInstance) => void | Promise<void>) =>
    app.register(async (scoped) => {
      scoped.setErrorHandler((error, request, reply) => sendError(error, request, reply))
      await routes(scoped)
    })
  scope((scoped) => {
    healthRoutes(
      scoped,
      readinessChecks({ store: room.store, protection: room.protection, views: reading.views, board: sealing.board }, config.data),
    )
    metricsRoute(scoped, metrics)
    logRoutes(scoped, { board: sealing.board, folders: room.files, store: room.store })
    exportRoute(scoped, { reader: reading.trail, asOf: reading.asOf, authenticate })
    nothingElse(scoped)
  })
  scope(async (scoped) => {
    const secure = config.publicUrl?.startsWith('https:') ?? false
    await scoped.register(rateLimit, { max: 300, timeWindow: 60_000, errorResponseBuilder: tooManySignIns })
    sessionRoutes(scoped, { signIns, sessions: identity.sessions, secure })
  })
  scope((scoped) => cloudEventsRoute(scoped, { authenticate, recorder, store: room.store, now: room.clock.instant }))
  scope((scoped) => packRoutes(scoped, { ...around.packing, ledger: room.ledger, authenticate, now: room.clock.instant }))
  scope((scoped) => dashboardRoutes(scoped, around.webFolder))
}

function tooManySignIns(): Error {
  return new TypedError('RATE_LIMITED', 'More than 300 requests to sign in or out in a minute from this address.')
}

function nothingElse(app: FastifyInstance): void {
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/*',
    handler: async () => {
      throw new TypedError('NOT_FOUND', 'There is nothing at this address.')
    },
  })
}
