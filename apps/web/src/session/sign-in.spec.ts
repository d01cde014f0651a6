import { afterEach, describe, expect, it, vi } from 'vitest'
import { safeNext, signIn, tokenIn } from './sign-in.ts'

describe('the sign-in link', () => {
  it('carries its token in the fragment', () => {
    expect(tokenIn('#abc-123')).toBe('abc-123')
    expect(tokenIn('#token=abc-123')).toBe('abc-123')
    expect(tokenIn('#token=')).toBeNull()
    expect(tokenIn('')).toBeNull()
  })

  it.each([
    ['/w/acme/events?q=type:BiasAudited', '/w/acme/events?q=type:BiasAudited'],
    ['//evil.example', null],
    ['/\\evil.example', null],
    ['https://evil.example', null],
    ['/sign-in?next=/', null],
    [undefined, null],
  ])('goes on to %s only within the dashboard', (next, expected) => expect(safeNext(next)).toBe(expected))
})

describe('handing the token in', () => {
  afterEach(() => vi.unstubAllGlobals())
  const answering = (status: number, body: unknown) =>
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }))

  it('signs in', async () => {
    answering(200, { workspace: 'acme' })
    expect(await signIn('t')).toEqual({ status: 'signed-in', workspace: 'acme' })
  })

  it('knows a used or expired token from a store that can’t be reached', async () => {
    answering(401, { error: { code: 'UNAUTHENTICATED', message: 'no', correlationId: 'c-1' } })
    expect(await signIn('t')).toEqual({ status: 'token-refused' })
    answering(503, { error: { code: 'STORE_UNAVAILABLE', message: 'no', correlationId: 'c-2' } })
    expect(await signIn('t')).toEqual({ status: 'store-unavailable', correlationId: 'c-2' })
    answering(500, { error: { code: 'INTERNAL', message: 'Something broke.', correlationId: 'c-3' } })
    expect(await signIn('t')).toEqual({ status: 'broken', message: 'Something broke.', correlationId: 'c-3' })
  })

  it('says when nobody answers', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    expect(await signIn('t')).toEqual({ status: 'unreachable' })
  })
})
