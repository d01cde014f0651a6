import { describe, expect, it } from 'vitest'
import { changedFirst, changeOf, pairUp } from './pair.ts'

const row = (id: string, status = 'open') => ({ id, status })
const status = (one: { readonly status: string }) => one.status

describe('two dates of a list', () => {
  const pairs = pairUp([row('kept'), row('closed'), row('left')], [row('new'), row('kept'), row('closed', 'closed')], ({ id }) => id)

  it('stand beside each other, what is not there any more last', () => {
    expect(pairs.map(({ key, earlier, later }) => [key, earlier?.status, later?.status])).toEqual([
      ['new', undefined, 'open'],
      ['kept', 'open', 'open'],
      ['closed', 'open', 'closed'],
      ['left', 'open', undefined],
    ])
  })

  it('tell what was added, is gone, changed and stayed', () => {
    expect(pairs.map((pair) => changeOf(pair, status))).toEqual(['added', 'same', 'changed', 'gone'])
  })

  it('tell what time alone changed', () => {
    const [kept] = pairUp([row('document')], [row('document')], ({ id }) => id)
    expect(kept && changeOf(kept, (_, side) => (side === 'later' ? 'ended' : 'valid'))).toBe('changed')
  })

  it('show first what changed', () => {
    expect(changedFirst(pairs, status).map(({ key }) => key)).toEqual(['new', 'left', 'closed', 'kept'])
  })
})
