import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type FastifyInstance, fastify } from 'fastify'
import { answerClientErrors } from './answer-client-errors.ts'
import { endConnections } from './ending-connections.ts'
import { MOST_BODY_BYTES } from './read-body.ts'
import './request-caller.ts'
import { sendError } from './send-error.ts'
import { acceptStrictJson } from './strict-json.ts'

/** Answers a request before Fastify sees it, or says that it is Fastify's. */
export interface DirectRoutes {
  take(request: IncomingMessage, response: ServerResponse): boolean
  /** From now on everything is Fastify's, which refuses it; answers under way end their connections. */
  stop(): void
}

/** Fastify with the limits and the strict body parser that all its routes share. */
export function createHttpApp(direct: DirectRoutes, nextId: () => string): FastifyInstance {
  const app = fastify({
    bodyLimit: MOST_BODY_BYTES,
    logger: false,
    genReqId: nextId,
    frameworkErrors: sendError,
    clientErrorHandler: answerClientErrors(nextId),
    rewriteUrl: (request) => graphqlUrl(request.url ?? '/'),
    serverFactory: (handler) =>
      createServer({ requestTimeout: 60_000, keepAliveTimeout: 75_000 }, (request, response) => {
        if (!direct.take(request, response)) handler(request, response)
      }),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
  })
  acceptStrictJson(app, ['application/json'])
  app.decorateRequest('caller', null)
  app.addHook('preClose', async () => direct.stop())
  endConnections(app)
  return app
}

/** `/w/<workspace>/graphql` is `/graphql` with a workspace to check; `request.originalUrl` keeps it. */
function graphqlUrl(url: string): string {
  return url.startsWith('/w/') ? url.replace(/^\/w\/[^/?]+\/graphql(?=\?|$)/, '/graphql') : url
}
