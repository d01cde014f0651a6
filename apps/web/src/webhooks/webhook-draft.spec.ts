import { describe, expect, it } from 'vitest'
import { draftOf, inputOf, isReady, problemsOf } from './webhook-draft.ts'

const draft = { ...draftOf(null), webhook: 'tickets', url: 'https://tickets.example.org/hook' }

describe('the form of a webhook', () => {
  it('is ready with an id and an address, and says what is wrong with others', () => {
    expect(isReady(draft)).toBe(true)
    expect(isReady(draftOf(null))).toBe(false)
    expect(problemsOf(draftOf(null))).toEqual({ webhook: null, url: null })
    expect(problemsOf({ ...draft, webhook: 'Tickets' }).webhook).toContain('lower-case')
    expect(problemsOf({ ...draft, url: 'tickets.example.org' }).url).toContain('https://')
    expect(isReady({ ...draft, some: true })).toBe(false)
  })

  it('asks for all types by naming none', () => {
    expect(inputOf('1', draft)).toEqual({ id: '1', webhook: 'tickets', url: 'https://tickets.example.org/hook', state: 'ENABLED' })
    expect(inputOf('1', { ...draft, some: true, types: ['BiasAudited'] }).types).toEqual(['BiasAudited'])
  })

  it('rotates no secret of what is removed', () => {
    expect(inputOf('1', { ...draft, rotate: true }).rotateSecret).toBe(true)
    expect(inputOf('1', { ...draft, rotate: true, state: 'REMOVED' }).rotateSecret).toBeUndefined()
  })
})
