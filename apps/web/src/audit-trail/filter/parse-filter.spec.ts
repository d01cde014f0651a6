import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterTerm, sameTerm, standsOnce, withoutTerm, withTerm } from './filter-term.ts'
import { parseFilter } from './parse-filter.ts'
import { printFilter } from './print-filter.ts'
import { tokens } from './tokens.ts'

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
const id = fc.stringMatching(/^[a-z0-9][a-z0-9._~-]{0,12}$/)
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const instant = fc.date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }).map((date) => date.toISOString())
const bound = fc.oneof(day, instant, fc.constant(null))
const range = fc
  .tuple(bound, bound)
  .map(([from, to]) => ({ from, to }))
  .filter(({ from, to }) => (from !== null || to !== null) && (from === null || to === null || from.slice(0, 10) < to.slice(0, 10)))

const term: fc.Arbitrary<FilterTerm> = fc.oneof(
  fc.record({ key: fc.constantFrom('actor' as const, 'stream' as const, 'correlation' as const, 'word' as const), value: text }),
  fc.record({ key: fc.constant('type' as const), value: fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,20}$/) }),
  fc.record({
    key: fc.constant('about' as const),
    value: fc.tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), id).map(([kind, name]) => `${kind}:${name}`),
  }),
  fc.record({ key: fc.constantFrom('recorded' as const, 'occurred' as const), range }),
)

const filter = fc
  .uniqueArray(term, { maxLength: 8, comparator: (a, b) => sameTerm(a, b) || (a.key === b.key && standsOnce(a.key)) })
  .filter((terms) => {
    const words = terms.flatMap((one) => (one.key === 'word' ? [one.value] : []))
    return words.length === 0 || /[\p{L}\p{N}]/u.test(words.join(' ').normalize('NFKD'))
  })

describe('the filter line', () => {
  it('reads terms, ranges and free words', () => {
    const line =
      'type:BiasAudited about:model:cs actor:svc_x stream:model-cs correlation:r-1 recorded:2026-01-01..2026-02-01 occurred:..2026-03-01T10:00Z bad news'
    expect(parseFilter(line)).toEqual({
      problems: [],
      terms: [
        { key: 'type', value: 'BiasAudited' },
        { key: 'about', value: 'model:cs' },
        { key: 'actor', value: 'svc_x' },
        { key: 'stream', value: 'model-cs' },
        { key: 'correlation', value: 'r-1' },
        { key: 'recorded', range: { from: '2026-01-01', to: '2026-02-01' } },
        { key: 'occurred', range: { from: null, to: '2026-03-01T10:00:00.000Z' } },
        { key: 'word', value: 'bad' },
        { key: 'word', value: 'news' },
      ],
    })
    expect(printFilter(parseFilter(line).terms)).toBe(line)
  })

  it.each(['--', '§ …', '*', 'about:model:cs "- -"', '🎉'])('asks nothing for %j, which has no word to look for', (line) => {
    expect(parseFilter(line).problems).toEqual([
      { message: expect.stringContaining('neither a letter nor a digit'), start: expect.any(Number), end: line.length },
    ])
  })

  it.each(['- bad', 'bad *', '①', '日本'])('looks for the words of %j', (line) => {
    expect(parseFilter(line).problems).toEqual([])
  })

  it('reads back every filter that it prints', () => {
    fc.assert(
      fc.property(filter, (terms) => {
        expect(parseFilter(printFilter(terms))).toEqual({ terms, problems: [] })
      }),
      { numRuns: 2_000 },
    )
  })

  it('settles: what was printed is printed the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (line) => {
        const { terms } = parseFilter(line)
        const printed = printFilter(terms)
        expect(printFilter(parseFilter(printed).terms)).toBe(printed)
      }),
      { numRuns: 2_000 },
    )
  })

  it('loses no character: tokens and white space make up the line', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ':', '"', '\\', ' ', 'type', '\u3000', 'é'), { maxLength: 24 }), (pieces) => {
        const line = pieces.join('')
        let at = 0
        for (const token of tokens(line)) {
          expect(line.slice(at, token.start).trim()).toBe('')
          expect(token.end).toBeGreaterThan(token.start)
          at = token.end
        }
        expect(line.slice(at).trim()).toBe('')
      }),
    )
  })

  it.each([
    ['owner:ada', 'Unknown key “owner:”'],
    ['model:cs', 'write about:model:cs'],
    ['actor:', 'needs a value'],
    ['about:cs', 'is no reference'],
    ['type:bias-audited', 'is no event type'],
    ['actor:a actor:b', 'only once'],
    ['recorded:yesterday', 'needs a day or a range'],
    ['recorded:2026-02-30', 'is neither a day'],
    ['recorded:2026-02-02..2026-02-01', 'ends before it begins'],
    ['recorded:..', 'needs a day or a range'],
    ['"half', 'never closed'],
  ])('says what is wrong with %s', (line, message) => {
    expect(parseFilter(line).problems.map((problem) => problem.message)).toEqual([expect.stringContaining(message)])
  })

  it('takes a quoted word for a word, whatever it looks like', () => {
    expect(parseFilter('"model:cs" "two words"').terms).toEqual([
      { key: 'word', value: 'model:cs' },
      { key: 'word', value: 'two words' },
    ])
  })
})

describe('changing a filter', () => {
  it('replaces the term of a key that stands only once, and adds to the others', () => {
    const terms = parseFilter('actor:a type:BiasAudited').terms
    expect(printFilter(withTerm(terms, { key: 'actor', value: 'b' }))).toBe('actor:b type:BiasAudited')
    expect(printFilter(withTerm(terms, { key: 'type', value: 'ModelRegistered' }))).toBe('actor:a type:BiasAudited type:ModelRegistered')
    expect(withTerm(terms, { key: 'actor', value: 'a' })).toBe(terms)
    expect(printFilter(withoutTerm(terms, { key: 'actor', value: 'a' }))).toBe('type:BiasAudited')
  })
})
