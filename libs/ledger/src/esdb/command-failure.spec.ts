import { describe, expect, it } from 'vitest'
import { StoreUnavailable } from '../event-store.ts'
import { readFailure } from './command-failure.ts'

describe('a server that can not be reached', () => {
  it.each([
    ['the connection says so', Object.assign(new Error('14 UNAVAILABLE: away'), { code: 14 })],
    ['no node of a cluster answers', new Error('Failed to discover after 10 attempts.')],
    ['the client is just opening another connection', new Error('Channel has been shut down')],
  ])('is not the end of it: %s', (_, error) => {
    expect(readFailure(error)).toBeInstanceOf(StoreUnavailable)
  })

  it('is not taken for a fault of the program', () => {
    const fault = new TypeError('x is not a function')
    expect(readFailure(fault)).toBe(fault)
  })
})
