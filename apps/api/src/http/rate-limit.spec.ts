import { describe, expect, test } from 'vitest'
import type { Caller } from '../identity/caller.ts'
import { CredentialRates } from './rate-limit.ts'
import { TypedError } from './typed-error.ts'

const caller = (credential: string): Caller => ({
  workspace: 'ws_1',
  role: 'SERVICE',
  roles: ['SERVICE'],
  actor: { kind: 'service', id: credential },
  via: 'key',
  session: null,
  credential,
  requestsPerSecond: 2,
})

/** The answers to requests at these times, in ms. */
function answers(rates: { at: number; credential?: string }[]): unknown[] {
  let now = 0
  const limit = new CredentialRates(() => now)
  return rates.map(({ at, credential = 'a' }) => {
    now = at
    try {
      limit.count(caller(credential))
      return 'counted'
    } catch (error) {
      return error instanceof TypedError ? [error.code, error.details] : error
    }
  })
}

describe('the rate of a credential', () => {
  test('is so many requests in a window of one second', () => {
    const refused = ['RATE_LIMITED', { limit: 2, retryAfterSeconds: 1 }]
    expect(answers([{ at: 0 }, { at: 500 }, { at: 999 }, { at: 1_000 }])).toEqual(['counted', 'counted', refused, 'counted'])
  })

  test('is its own', () => {
    expect(answers([{ at: 0 }, { at: 0 }, { at: 0, credential: 'b' }])).toEqual(['counted', 'counted', 'counted'])
  })

  test('does not wait for a clock that was set back', () => {
    expect(answers([{ at: 90_000 }, { at: 90_000 }, { at: 10 }])).toEqual(['counted', 'counted', 'counted'])
  })
})
