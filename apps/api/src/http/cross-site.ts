import type { IncomingHttpHeaders } from 'node:http'
import { TypedError } from './typed-error.ts'

/**
 * A request that a cookie vouches for must come from our own page. SameSite=Strict says so to browsers; the Origin header says so to us.
 * @throws TypedError CROSS_SITE_REQUEST
 */
export function refuseCrossSite(method: string | undefined, headers: IncomingHttpHeaders): void {
  const changesNothing = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined
  if (changesNothing) return
  const { origin } = headers
  if (origin === undefined || !isOwn(origin, headers.host))
    throw new TypedError('CROSS_SITE_REQUEST', 'A session works from the dashboard’s own pages only.')
}

/** The page's host is the host that the request was sent to. */
export function isOwn(origin: string, host: string | undefined): boolean {
  return URL.parse(origin)?.host === host
}
