import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeError } from './describe-error.ts'
import { reportFault } from './report-fault.ts'
import { errorStatus } from './typed-error.ts'

/** Answers an error that ended a request, in the form of the GraphQL answer or, elsewhere, as `{error: {code, message, correlationId}}`. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, message, details } = describeError(error)
  const correlationId = request.id
  if (code === 'INTERNAL') reportFault(error, correlationId)
  if (typeof details.retryAfterSeconds === 'number') reply.header('retry-after', details.retryAfterSeconds)
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer realm="annal"')
  const isGraphql = request.routeOptions.url === '/graphql'
  const body = isGraphql
    ? { errors: [{ message, extensions: { code, correlationId, ...details } }] }
    : { error: { code, message, correlationId, ...details } }
  return reply.code(errorStatus[code]).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body))
}
