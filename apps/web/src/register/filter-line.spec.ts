import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilterLine, printFilterLine } from './filter-line.ts'

const KEYS = [
  { key: 'unit', title: 'Unit' },
  { key: 'issues', title: 'Issues', values: [{ value: 'incident', title: 'Open incident' }] },
]

describe('the filter of a list', () => {
  it('reads keys, quoted values and words', () => {
    expect(parseFilterLine('unit:"Retail banking" credit issues:incident scoring', KEYS)).toEqual({
      values: { unit: 'Retail banking', issues: 'incident' },
      words: 'credit scoring',
      problems: [],
    })
  })

  it.each([
    ['units:x', 'Did you mean unit:?'],
    ['issues:none', '“issues:” can be incident.'],
    ['unit:', '“unit:” has no value.'],
    ['unit:"x', 'A quotation mark is not closed.'],
  ])('says what is wrong with %s', (line, said) => {
    expect(parseFilterLine(line, KEYS).problems.join(' ')).toContain(said)
  })

  it('reads what it prints', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (unit) => {
        expect(parseFilterLine(printFilterLine({ values: { unit }, words: '' }), KEYS).values).toEqual({ unit })
      }),
    )
  })

  it('reads the words that it prints, also those that look like a key', () => {
    const line = printFilterLine(parseFilterLine('unit:Retail "model:cs"', KEYS))
    expect(parseFilterLine(line, KEYS)).toEqual({ values: { unit: 'Retail' }, words: 'model:cs', problems: [] })
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (words) => {
        expect(parseFilterLine(printFilterLine({ values: {}, words }), KEYS)).toEqual({ values: {}, words, problems: [] })
      }),
    )
  })
})
