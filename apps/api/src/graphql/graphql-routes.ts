import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { refuseCrossSite } from '../http/cross-site.ts'
import type { RateLimit } from '../http/rate-limit.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Authenticator } from '../identity/authenticate.ts'

export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** Who asks, whether from where he may, and whether not too often: before anything of a body is read. */
export function authenticateRequests(authenticator: Authenticator, limit: RateLimit): Authenticate {
  return (request) => {
    const caller = authenticator.authenticate(request)
    request.caller = caller
    if (caller.via === 'session') refuseCrossSite(request)
    return limit(request)
  }
}

export type Handle = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * Mercurius registers `/graphql` itself. Both of its routes get our authentication, `POST` our handler, and `GET` is left for sockets.
 * Call before Mercurius registers.
 */
export function takeOverGraphqlRoutes(app: FastifyInstance, authenticate: Authenticate, handle: Handle): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (route.url !== '/graphql') return
    route.onRequest = authenticate
    if (route.method === 'POST') {
      delete route.schema
      delete route.attachValidation
      route.handler = handle
    } else {
      route.handler = socketsOnly
    }
  })
}

async function socketsOnly(): Promise<never> {
  throw new TypedError('BAD_REQUEST', 'Send operations as POST with a JSON body; GET is for graphql-ws.')
}
