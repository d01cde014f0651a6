import type { FastifyInstance, FastifyRequest } from 'fastify'
import { TypedError } from './typed-error.ts'

/** Counts a request against its credential's rate. @throws TypedError RATE_LIMITED */
export type RateLimit = (request: FastifyRequest) => Promise<void>

const SECOND = 1_000

/** Windows of one second, per credential; needs `@fastify/rate-limit` on `app`. */
export function credentialRateLimit(app: FastifyInstance): RateLimit {
  const limit = app.createRateLimit({
    timeWindow: SECOND,
    max: (request) => request.caller?.requestsPerSecond ?? 1,
    keyGenerator: (request) => request.caller?.credential ?? request.ip,
  })
  return async (request) => {
    const counted = await limit(request)
    if (counted.isAllowed || !counted.isExceeded) return
    throw new TypedError(
      'RATE_LIMITED',
      `More than ${counted.max} requests in a second with this credential. Send batches, or ask for a higher rate.`,
      {
        limit: counted.max,
        retryAfterSeconds: counted.ttlInSeconds,
      },
    )
  }
}
