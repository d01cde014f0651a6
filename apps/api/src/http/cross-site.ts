import type { FastifyRequest } from 'fastify'
import { TypedError } from './typed-error.ts'

/**
 * A request that a cookie vouches for must come from our own page. SameSite=Strict says so to browsers; the Origin header says so to us.
 * @throws TypedError CROSS_SITE_REQUEST
 */
export function refuseCrossSite(request: FastifyRequest): void {
  const changesNothing = (request.method === 'GET' || request.method === 'HEAD') && request.headers.upgrade === undefined
  if (changesNothing) return
  const { origin } = request.headers
  if (origin === undefined || !isOwn(origin, request.headers.host))
    throw new TypedError('CROSS_SITE_REQUEST', 'A session works from the dashboard’s own pages only.')
}

/** The page's host is the host that the request was sent to. */
export function isOwn(origin: string, host: string | undefined): boolean {
  return URL.parse(origin)?.host === host
}
