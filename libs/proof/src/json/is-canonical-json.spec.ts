import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalize } from './canonical-json.ts'
import { isCanonicalJson } from './is-canonical-json.ts'
import { readJson } from './read-json.ts'

const LIMIT = { numRuns: 2000, interruptAfterTimeLimit: 3000 }

describe('the canonical form', () => {
  test('is what canonicalize writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }), (value) => {
        fc.pre(isWritten(value))
        expect(isCanonicalJson(canonicalize(value))).toBe(true)
      }),
      LIMIT,
    )
  })

  test('is no other text that means the same: whatever JSON.parse accepts is canonical only if canonicalize gives it back', () => {
    const canonical = fc.jsonValue({ stringUnit: 'binary-ascii', maxDepth: 3 }).map(canonicalize)
    const bent = fc
      .tuple(canonical, fc.nat(), fc.constantFrom(' ', '\\', '"', 'u', '0', '1', 'e', '-', '.', ',', 'a', '\n', '{', ']', ':'))
      .map(([text, at, character]) => text.slice(0, at % (text.length + 1)) + character + text.slice((at % (text.length + 1)) + (at % 2)))
    fc.assert(
      fc.property(bent, (text) => {
        const value = parsed(text)
        fc.pre(value !== undefined && text.isWellFormed())
        expect(isCanonicalJson(text)).toBe(isWritten(value) && canonicalize(value) === text)
      }),
      LIMIT,
    )
  })

  test.each([
    ['{"a":1,"a":2}', false],
    ['{"b":1,"a":2}', false],
    ['{"a":1,"b":2}', true],
    ['{"a":1, "b":2}', false],
    ['{"é":1,"z":2}', false],
    ['{"z":1,"é":2}', true],
    ['{"\\n":1,"a":2}', true],
    ['{"a\\"":1,"a#":2}', true],
    ['"\\u0041"', false],
    ['"\\u000A"', false],
    ['"\\u000a"', false],
    ['"\\u001f"', true],
    ['"\\u001F"', false],
    ['"\\/"', false],
    ['"/"', true],
    ['"\\ud83d\\ude00"', false],
    ['"\\ud800"', false],
    ['"\\\\"', true],
    ['"\\\\\\""', true],
    ['1.0', false],
    ['1e2', false],
    ['-0', false],
    ['1e+21', true],
    ['1e400', false],
    ['[1,2,[],{}]', true],
    ['[true,false,null]', true],
    ['\n1', false],
    ['1\n', false],
    [`${'['.repeat(128)}${']'.repeat(128)}`, true],
    [`${'['.repeat(129)}${']'.repeat(129)}`, false],
  ])('%s: %s', (text, canonical) => {
    expect(isCanonicalJson(text)).toBe(canonical)
  })
})

function parsed(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

function isWritten(value: unknown): boolean {
  try {
    canonicalize(value)
    return true
  } catch {
    return false
  }
}
