/** What can go wrong with a request, in the words of the API. The HTTP status applies when nothing of the request was answered. */
export const errorStatus = {
  BODY_TOO_LARGE: 413,
  APPEND_TOO_LARGE: 413,
  BODY_NOT_JSON: 400,
  BODY_NOT_UTF8: 400,
  DUPLICATE_KEY: 400,
  LONE_SURROGATE: 400,
  NUMBER_INEXACT: 400,
  NUMBER_OUT_OF_RANGE: 400,
  UNSUPPORTED_MEDIA_TYPE: 415,
  BAD_REQUEST: 400,
  HEADERS_TOO_LARGE: 431,
  REQUEST_TIMEOUT: 408,
  GRAPHQL_INVALID: 400,
  BAD_USER_INPUT: 400,
  TOO_DEEP: 400,
  TOO_COSTLY: 400,
  TOO_MANY_EVENTS: 400,
  SUBSCRIPTION_OVER_HTTP: 400,
  TOO_MANY_SUBSCRIPTIONS: 429,
  PERSISTED_DOCUMENT_NOT_FOUND: 400,
  FREE_DOCUMENT_REFUSED: 403,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CROSS_SITE_REQUEST: 403,
  WORKSPACE_NOT_FOUND: 404,
  NOT_FOUND: 404,
  RANGE_NOT_SATISFIABLE: 416,
  RATE_LIMITED: 429,
  NOT_YET_VISIBLE: 504,
  PAST_NOT_READY: 503,
  PAST_FAILED: 503,
  APPEND_UNCERTAIN: 503,
  LOG_BEHIND_PUBLISHED_HEAD: 503,
  STORE_FULL: 507,
  STORE_UNAVAILABLE: 503,
  INTERNAL: 500,
} as const

export type ErrorCode = keyof typeof errorStatus

/** Thrown through machinery (Fastify, graphql-js) that knows no other way; turned into one answer at its edge. */
export class TypedError extends Error {
  override readonly name = 'TypedError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}
