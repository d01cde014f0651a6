import type { ExecutionResult, GraphQLError } from 'graphql'
import type { ErrorCode } from '../http/typed-error.ts'
import type { RequestContext } from './guard-root-fields.ts'
import { presentErrors } from './present-errors.ts'

/** What goes back over HTTP. */
export interface Answer {
  readonly status: number
  readonly body: string
}

export function respond(result: ExecutionResult, { correlationId }: RequestContext): Answer {
  if (result.errors === undefined) return { status: 200, body: JSON.stringify(result) }
  const { errors, status } = presentErrors(result.errors, correlationId, 'INTERNAL')
  const nothing = result.data === undefined || result.data === null || Object.values(result.data).every((value) => value === null)
  return { status: nothing ? status : 200, body: JSON.stringify({ errors, data: result.data ?? null }) }
}

export function refusal(errors: readonly GraphQLError[], context: RequestContext, fallback: ErrorCode): Answer {
  const presented = presentErrors(errors, context.correlationId, fallback)
  return { status: presented.status, body: JSON.stringify({ errors: presented.errors }) }
}
