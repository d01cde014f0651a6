import type { Caller } from '../identity/caller.ts'
import { TypedError } from './typed-error.ts'

/** In ms. */
const WINDOW = 1_000
const MOST_WINDOWS = 5_000

interface Window {
  startedAt: number
  requests: number
}

/** Windows of one second, per credential: a plain call and no promises, for it stands before each request. */
export class CredentialRates {
  private readonly windows = new Map<string, Window>()

  /** In ms. */
  constructor(private readonly now: () => number) {}

  /** Counts a request against its credential's rate. @throws TypedError RATE_LIMITED */
  count({ credential, requestsPerSecond }: Caller): void {
    const now = this.now()
    const window = this.windows.get(credential) ?? this.open(credential, now)
    if (now >= window.startedAt + WINDOW || now < window.startedAt) {
      window.startedAt = now
      window.requests = 0
    }
    if (++window.requests <= requestsPerSecond) return
    throw new TypedError(
      'RATE_LIMITED',
      `More than ${requestsPerSecond} requests in a second with this credential. Send batches, or ask for a higher rate.`,
      { limit: requestsPerSecond, retryAfterSeconds: Math.ceil((window.startedAt + WINDOW - now) / 1_000) },
    )
  }

  /** Windows that are over mean nothing any more and make room. */
  private open(credential: string, now: number): Window {
    if (this.windows.size >= MOST_WINDOWS)
      for (const [other, { startedAt }] of this.windows) if (now >= startedAt + WINDOW) this.windows.delete(other)
    const window = { startedAt: now, requests: 0 }
    this.windows.set(credential, window)
    return window
  }
}
