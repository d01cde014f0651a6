import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { TypedError } from '../http/typed-error.ts'
import type { Admission } from '../identity/admission.ts'

export type Authenticate = (request: FastifyRequest) => Promise<void>

/** For the routes of Fastify. */
export function authenticateRequests(admission: Admission): Authenticate {
  return async (request) => {
    request.caller = admission.admit(request.method, request.headers, request.originalUrl)
  }
}

/**
 * Mercurius registers `/graphql` itself. `POST` is answered before Fastify (direct-graphql.ts), so here it is left for nobody, and `GET`
 * for sockets, with our authentication. Call before Mercurius registers.
 */
export function takeOverGraphqlRoutes(app: FastifyInstance, authenticate: Authenticate): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (route.url !== '/graphql') return
    route.onRequest = authenticate
    if (route.method === 'POST') {
      delete route.schema
      delete route.attachValidation
      route.handler = nothingHere
    } else {
      route.handler = socketsOnly
    }
  })
}

async function nothingHere(): Promise<never> {
  throw new TypedError('NOT_FOUND', 'There is nothing at this address; operations go to /graphql, written so.')
}

async function socketsOnly(): Promise<never> {
  throw new TypedError('BAD_REQUEST', 'Send operations as POST with a JSON body; GET is for graphql-ws.')
}
