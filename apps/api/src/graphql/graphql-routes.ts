import fastifyWebsocket from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { handleProtocols } from 'graphql-ws'
import { TypedError } from '../http/typed-error.ts'
import type { Admission } from '../identity/admission.ts'
import type { SubscriptionSockets } from './subscription-sockets.ts'

/** In bytes. */
const LONGEST_MESSAGE = 1 << 20

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
export function takeOverGraphqlRoutes(app: FastifyInstance, authenticate: Authenticate, sockets: SubscriptionSockets): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (route.url !== '/graphql') return
    route.onRequest = authenticate
    if (route.method === 'POST') {
      delete route.schema
      delete route.attachValidation
      route.handler = nothingHere
    } else {
      route.handler = socketsOnly
      route.wsHandler = (socket, request) => sockets.open(socket, request)
    }
  })
  // Each message in a turn of its own: one that takes an id again finds that the one before has given it back.
  app.register(fastifyWebsocket, { options: { maxPayload: LONGEST_MESSAGE, handleProtocols, allowSynchronousEvents: false } })
}

async function nothingHere(): Promise<never> {
  throw new TypedError('NOT_FOUND', 'There is nothing at this address; operations go to /graphql, written so.')
}

async function socketsOnly(): Promise<never> {
  throw new TypedError('BAD_REQUEST', 'Send operations as POST with a JSON body; GET is for graphql-ws.')
}
