import { randomBytes } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import { type FastifyInstance, fastify } from 'fastify'
import './request-caller.ts'
import { acceptStrictJson } from './strict-json.ts'

export const MOST_BODY_BYTES = 4 * 1024 * 1024

/** Fastify with the limits and the strict body parser that all routes share. */
export async function createHttpApp(): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MOST_BODY_BYTES,
    logger: false,
    genReqId: correlationIds(),
    rewriteUrl: (request) => graphqlUrl(request.url ?? '/'),
    requestTimeout: 60_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
  })
  acceptStrictJson(app, ['application/json'])
  app.decorateRequest('caller', null)
  await app.register(rateLimit, { global: false })
  return app
}

/** `/w/<workspace>/graphql` is `/graphql` with a workspace to check; `request.originalUrl` keeps it. */
function graphqlUrl(url: string): string {
  return url.startsWith('/w/') ? url.replace(/^\/w\/[^/?]+\/graphql(?=\?|$)/, '/graphql') : url
}

/** Unique among the processes of an installation, and cheap. */
function correlationIds(): () => string {
  const process = randomBytes(5).toString('hex')
  let request = 0
  return () => `${process}-${(++request).toString(36)}`
}
