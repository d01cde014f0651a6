import type { IncomingHttpHeaders } from 'node:http'
import { refuseCrossSite } from '../http/cross-site.ts'
import type { CredentialRates } from '../http/rate-limit.ts'
import type { Authenticator } from './authenticate.ts'
import type { Caller } from './caller.ts'

/** Who asks, whether from where he may, and whether not too often: before anything of a body is read. */
export class Admission {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly rates: CredentialRates,
  ) {}

  /** `url` as it was sent. @throws TypedError UNAUTHENTICATED, WORKSPACE_NOT_FOUND, CROSS_SITE_REQUEST, RATE_LIMITED */
  admit(method: string | undefined, headers: IncomingHttpHeaders, url: string): Caller {
    const caller = this.authenticator.authenticate(headers, url)
    if (caller.via === 'session') refuseCrossSite(method, headers)
    this.rates.count(caller)
    return caller
  }

  /** The same caller once the body is there: it may have come slowly. @throws TypedError UNAUTHENTICATED, WORKSPACE_NOT_FOUND */
  readmit(headers: IncomingHttpHeaders, url: string): Caller {
    return this.authenticator.recheck(headers, url)
  }
}
