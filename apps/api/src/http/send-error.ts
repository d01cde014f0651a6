import type { FastifyReply, FastifyRequest } from 'fastify'
import { type DescribedError, describeError } from './describe-error.ts'
import { lingering } from './lingering.ts'
import { reportFault } from './report-fault.ts'
import { errorStatus } from './typed-error.ts'

interface ErrorAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string
}

/** Answers an error that ended a request, in the form of the GraphQL answer or, elsewhere, as `{error: {code, message, correlationId}}`. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const form = request.routeOptions.url === '/graphql' ? graphqlForm : plainForm
  const { status, headers, body } = answerError(error, request.id, form)
  reply.code(status).headers(headers)
  if (headers.connection !== 'close') return reply.send(body)
  return reply.header('content-length', Buffer.byteLength(body)).send(lingering(body, request.raw))
}

export function answerGraphqlError(error: unknown, correlationId: string): ErrorAnswer {
  return answerError(error, correlationId, graphqlForm)
}

type Form = (described: DescribedError, correlationId: string) => object

function answerError(error: unknown, correlationId: string, form: Form): ErrorAnswer {
  const described = describeError(error)
  if (described.code === 'INTERNAL') reportFault(error, correlationId)
  const status = errorStatus[described.code]
  return { status, headers: headersOf(described), body: JSON.stringify(form(described, correlationId)) }
}

function headersOf({ code, details }: DescribedError): Record<string, string | number> {
  const headers: Record<string, string | number> = { 'content-type': 'application/json; charset=utf-8' }
  if (typeof details.retryAfterSeconds === 'number') headers['retry-after'] = details.retryAfterSeconds
  if (typeof details.contentRange === 'string') headers['content-range'] = details.contentRange
  if (code === 'UNAUTHENTICATED') headers['www-authenticate'] = 'Bearer realm="annal"'
  if (code === 'BODY_TOO_LARGE') headers.connection = 'close'
  return headers
}

function graphqlForm({ code, message, details }: DescribedError, correlationId: string): object {
  return { errors: [{ message, extensions: { code, correlationId, ...details } }] }
}

function plainForm({ code, message, details }: DescribedError, correlationId: string): object {
  return { error: { code, message, correlationId, ...details } }
}
