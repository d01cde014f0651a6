import { describe, expect, it } from 'vitest'
import type { KnowsType } from '../../session/catalogue.ts'
import { eventFilter, unknownTypes } from './event-filter.ts'
import { parseFilter } from './parse-filter.ts'

const knowsType: KnowsType = (name): name is 'BiasAudited' => name === 'BiasAudited'
const asked = (line: string) => eventFilter(parseFilter(line).terms, knowsType)

describe('what the API is asked', () => {
  it('names each condition once', () => {
    expect(asked('type:BiasAudited about:model:cs about:dataset:x@1 actor:svc_x stream:model-cs correlation:c-1 gender gap*')).toEqual({
      types: ['BiasAudited'],
      about: ['model:cs', 'dataset:x@1'],
      actor: 'svc_x',
      stream: 'model-cs',
      correlationId: 'c-1',
      text: 'gender gap*',
    })
  })

  it('takes a day range with both days whole, and instants as they are', () => {
    expect(asked('recorded:2026-01-30..2026-01-31 occurred:2026-01-01T10:00Z..')).toEqual({
      recordedFrom: '2026-01-30T00:00:00.000Z',
      recordedTo: '2026-02-01T00:00:00.000Z',
      occurredFrom: '2026-01-01T10:00:00.000Z',
    })
    expect(asked('recorded:2024-02-29')).toEqual({ recordedFrom: '2024-02-29T00:00:00.000Z', recordedTo: '2024-03-01T00:00:00.000Z' })
  })

  it('asks for everything when nothing is filtered', () => {
    expect(asked('')).toEqual({})
  })

  it('names the types that the catalogue does not know', () => {
    expect(unknownTypes(parseFilter('type:BiasAudited type:Nope').terms, knowsType)).toEqual(['Nope'])
  })
})
