import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize } from './canonical-json.ts'
import { parseJsonText } from './parse-json.ts'
import { readJson } from './read-json.ts'

describe('reading JSON', () => {
  it.each([
    ['{"":[],"\\\\":{}}', '{"":[],"\\u0003":1}', '\u0003'],
    ['{"h":[],"\\\\":0}', '{"h":1,"\\"":2}', '"'],
    ['{"h":[],"\\\\u":0}', '{"h":1,"\\u0041b":2}', 'Ab'],
    ['{"h":[],"a\\\\":0}', '{"h":1, "a\\n" : 2}', 'a\n'],
  ])('gives each member its own name, whatever was read before: %s, then %s', (before, text, name) => {
    for (const read of [(json: string) => readJson(json), (json: string) => accepted(parseJsonText(json))]) {
      read(before)
      expect(Object.keys(read(text) as object)[1]).toBe(name)
    }
  })

  it('gives back what was written', () => {
    const member = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '\\', '"', '1', '\n', ''))
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'binary' }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(member, tie('value'), { maxKeys: 4 }),
      ),
    })).value
    const written = fc.tuple(value, fc.constantFrom(0, 2, '\t'))
    fc.assert(
      fc.property(written, ([of, indent]) => {
        expect(canonicalize(readJson(JSON.stringify(of, null, indent)))).toBe(canonicalize(of))
      }),
      { numRuns: 2_000, interruptAfterTimeLimit: 3_000 },
    )
  })

  it('keeps a member that is called __proto__', () => {
    expect(canonicalize(readJson('{"\\u005f_proto__":{"a\\n":1}}'))).toBe('{"__proto__":{"a\\n":1}}')
  })

  it('refuses what JSON.parse refuses', () => {
    for (const text of ['', '{', '{"a\\n"}', '{"a\\n":}', '[1,]', '"\\']) expect(() => readJson(text)).toThrow(SyntaxError)
  })
})

function accepted(parsed: ReturnType<typeof parseJsonText>): unknown {
  if (parsed.status === 'refused') throw new Error(parsed.problem)
  return parsed.value
}
