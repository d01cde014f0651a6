import { createClient, fetchExchange } from '@urql/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { overviewQuery } from '../overview/overview-documents.ts'
import { type PastProgress, untilRead } from './until-read.ts'

/** A server that says how far it is, once for each of these, and then answers. */
function reading(...far: readonly object[]) {
  let asked = 0
  vi.stubGlobal('fetch', async () => {
    const progress = far[asked++]
    const body = progress
      ? { errors: [{ message: 'not read yet', extensions: { code: 'PAST_NOT_READY', ...progress } }] }
      : { data: { overview: { systems: 1 } } }
    return new Response(JSON.stringify(body), { status: progress ? 503 : 200, headers: { 'content-type': 'application/json' } })
  })
  return () => asked
}

function client(watched = () => true) {
  const told: (PastProgress | null)[] = []
  const exchanges = [untilRead({ watched, told: (progress) => told.push(progress) }), fetchExchange]
  return { told, asks: createClient({ url: 'http://annal.test/graphql', exchanges, preferGetMethod: false }) }
}

describe('a day that the server still reads', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is asked for again until it is there, and how far it is is told', async () => {
    const asked = reading({ read: 0, of: null }, { read: 42, of: 100 })
    const { told, asks } = client()
    const answer = asks.query(overviewQuery, {}).toPromise()
    await vi.advanceTimersByTimeAsync(2_500)
    expect((await answer).data).toEqual({ overview: { systems: 1 } })
    expect(asked()).toBe(3)
    expect(told).toEqual([{ read: 0, of: null }, { read: 42, of: 100 }, null])
  })

  it('is asked for no more when nothing on the page needs it', async () => {
    const asked = reading({ read: 1, of: 9 }, { read: 2, of: 9 })
    const { told, asks } = client()
    const { unsubscribe } = asks.query(overviewQuery, {}).subscribe(() => {})
    await vi.advanceTimersByTimeAsync(500)
    unsubscribe()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked()).toBe(1)
    expect(told).toEqual([{ read: 1, of: 9 }, null])
  })

  it('is waited for without asking while nobody stands there', async () => {
    const asked = reading({ read: 1, of: 9 })
    let here = false
    const { asks } = client(() => here)
    const answer = asks.query(overviewQuery, {}).toPromise()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked()).toBe(1)
    here = true
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await answer).data).toEqual({ overview: { systems: 1 } })
  })

  it('lets other errors through', async () => {
    vi.stubGlobal('fetch', async () => {
      const errors = [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }]
      return new Response(JSON.stringify({ errors }), { headers: { 'content-type': 'application/json' } })
    })
    const { error } = await client().asks.query(overviewQuery, {}).toPromise()
    expect(error?.graphQLErrors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})
