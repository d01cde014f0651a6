import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTextQuery, wordList } from './words.ts'

const words = (text: string) =>
  wordList(text)
    .split(' ')
    .filter((word) => word !== '')

describe('the words of a text', () => {
  it.each([
    ['The Quick, brown-fox!', ['the', 'quick', 'brown', 'fox']],
    ['aisystem:credit-scoring model:cs@7', ['aisystem', 'credit', 'scoring', 'model', 'cs', '7']],
    ['École Ångström naïve', ['ecole', 'angstrom', 'naive']],
    ['ﬁne Ⅻ', ['fine', 'xii']],
    ['日本語 テスト', ['日本語', 'テスト']],
    ['id 0190A6C3-7B1A-7C3D-8E4F-0123456789AB.', ['id', '0190a6c37b1a7c3d8e4f0123456789ab']],
    ['é 0190a6c3-7b1a-7c3d-8e4f-0123456789ab', ['e', '0190a6c37b1a7c3d8e4f0123456789ab']],
    ['0190a6c3-7b1a', ['0190a6c3', '7b1a']],
    ['', []],
    [' -- \n', []],
  ])('%j are %j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('are the same whether a text is all ASCII or not', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 10 }),
      fc.uuid(),
      fc.uuid().map((id) => id.toUpperCase()),
      fc.uuid().map((id) => id.slice(2)),
      fc.constantFrom('-', 'a'.repeat(80), 'Ab1-'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join('')
        expect(words(`${text} é`)).toEqual([...words(text), 'e'])
      }),
      { numRuns: 2000, interruptAfterTimeLimit: 3000 },
    )
  })

  it('are at most 64 bytes long and end with a whole character', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', 'ж', '日', '𝒳', '𐐷', ' '), minLength: 60, maxLength: 200 }), (text) => {
        for (const word of words(text)) {
          expect(word.isWellFormed()).toBe(true)
          expect(Buffer.byteLength(word)).toBeLessThanOrEqual(64)
        }
      }),
      { interruptAfterTimeLimit: 3000 },
    )
  })

  it('are asked for as they are kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        expect(new Set(parseTextQuery(text.normalize('NFKD').replaceAll('*', ' ')).words)).toEqual(new Set(words(text)))
      }),
      { numRuns: 1000, interruptAfterTimeLimit: 3000 },
    )
  })
})

describe('a text query', () => {
  it.each([
    ['credit scor*', { words: ['credit'], prefixes: ['scor'] }],
    ['"credit scoring"', { words: ['credit', 'scoring'], prefixes: [] }],
    ['* ** a*b', { words: ['b'], prefixes: ['a'] }],
    ['0190A6C3-7b*', { words: [], prefixes: ['0190a6c37b'] }],
    ['AND OR NOT NEAR(', { words: ['and', 'or', 'not', 'near'], prefixes: [] }],
    ['É*', { words: [], prefixes: ['e'] }],
  ])('%j asks for %j', (text, expected) => {
    expect(parseTextQuery(text)).toEqual(expected)
  })
})
