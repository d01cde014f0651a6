import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import { describeError } from '../http/describe-error.ts'
import { reportFault } from '../http/report-fault.ts'
import { type ErrorCode, errorStatus } from '../http/typed-error.ts'

export interface PresentedErrors {
  readonly errors: readonly GraphQLFormattedError[]
  /** The HTTP status if nothing else was answered. */
  readonly status: number
}

/** Errors as a client may see them: a code, a correlation id, never a stack. `fallback` is the code of those that graphql-js made. */
export function presentErrors(errors: readonly GraphQLError[], correlationId: string, fallback: ErrorCode): PresentedErrors {
  const presented = errors.map((error) => present(error, correlationId, fallback))
  return { errors: presented.map(({ formatted }) => formatted), status: Math.max(...presented.map(({ status }) => status)) }
}

function present(error: GraphQLError, correlationId: string, fallback: ErrorCode) {
  const { code, message, details } = describe(error, fallback)
  if (code === 'INTERNAL') reportFault(error.originalError ?? error, correlationId)
  const formatted: GraphQLFormattedError = {
    message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { code, correlationId, ...details },
  }
  return { formatted, status: errorStatus[code] }
}

function describe(error: GraphQLError, fallback: ErrorCode) {
  if (error.originalError !== undefined && error.originalError !== null && !isGraphQLError(error.originalError))
    return describeError(error.originalError)
  const { code } = error.extensions
  if (isErrorCode(code)) return { code, message: error.message, details: {} }
  // While executing, all that graphql-js itself finds wrong with a request are arguments; the rest is wrong with us.
  if (fallback === 'INTERNAL' && !error.message.startsWith('Argument ')) return describeError(error)
  return { code: fallback === 'INTERNAL' ? 'BAD_USER_INPUT' : fallback, message: error.message, details: {} } as const
}

function isGraphQLError(error: Error): boolean {
  return error.name === 'GraphQLError'
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorStatus, code)
}
