import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './search-params.ts'

describe('search parameters', () => {
  it('stay readable', () => {
    expect(stringifySearch({ q: 'type:BiasAudited about:model:cs@7 recorded:2026-01-01..2026-02-01', sort: undefined })).toBe(
      '?q=type:BiasAudited+about:model:cs@7+recorded:2026-01-01..2026-02-01',
    )
    expect(stringifySearch({})).toBe('')
  })

  it('come back as they went', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), { noNullPrototype: true }),
        (search) => {
          expect(parseSearch(stringifySearch(search))).toEqual(search)
        },
      ),
    )
  })
})
