import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vectorBytes, vectorsAreThere, vectorText } from '../../vectors/published-vectors.ts'
import { toHex } from '../bytes/hex.ts'
import { canonicalBytes, canonicalize, NotJson } from './canonical-json.ts'
import { canonicalStrings } from './canonical-strings.ts'
import { parseJson } from './parse-json.ts'
import { readJson } from './read-json.ts'

const NAMES = ['arrays', 'french', 'structures', 'unicode', 'values', 'weird']

function parsedValue(bytes: Uint8Array): unknown {
  const parsed = parseJson(bytes)
  if (parsed.status === 'refused') throw new Error(`refused: ${parsed.problem}`)
  return parsed.value
}

describe.skipIf(!vectorsAreThere)('published vectors of RFC 8785', () => {
  test.each(NAMES)('rfc8785: %s', (name) => {
    const bytes = canonicalBytes(parsedValue(vectorBytes(`jcs-rfc8785/testdata/input/${name}.json`)))
    expect(bytes).toEqual(vectorBytes(`jcs-rfc8785/testdata/output/${name}.json`))
    expect(toHex(bytes)).toBe(vectorText(`jcs-rfc8785/testdata/outhex/${name}.txt`).replaceAll(/\s/g, ''))
  })

  test.each(NAMES)('erdtman: %s', (name) => {
    const bytes = canonicalBytes(parsedValue(vectorBytes(`jcs-erdtman/test/testdata/input/${name}.json`)))
    expect(new TextDecoder().decode(bytes)).toBe(vectorText(`jcs-erdtman/test/testdata/output/${name}.json`).trimEnd())
  })

  test('numbers: the first 1,000 of the ES6 list', () => {
    const lines = vectorText('jcs-rfc8785/numbers/es6-first-1000.csv').trimEnd().split('\n')
    expect(lines).toHaveLength(1000)
    const view = new DataView(new ArrayBuffer(8))
    for (const line of lines) {
      const [bits, text] = line.split(',') as [string, string]
      view.setBigUint64(0, BigInt(`0x${bits}`))
      expect(canonicalize(view.getFloat64(0))).toBe(text)
    }
  })

  const negative: { cases: { name: string; hex: string }[] } = vectorsAreThere
    ? JSON.parse(vectorText('jcs-rfc8785/negative.json'))
    : { cases: [] }
  test.each(negative.cases)('refused: $name', ({ hex }) => {
    expect(parseJson(Buffer.from(hex, 'hex')).status).toBe('refused')
  })
})

describe('what has no JSON form is refused, never dropped or converted', () => {
  class Thing {}
  const cycle: unknown[] = []
  cycle.push(cycle)
  let deep: unknown = 0
  for (let i = 0; i < 129; i++) deep = [deep]

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole', new Array(2)],
    ['NaN', [Number.NaN]],
    ['infinity', { a: -Infinity }],
    ['a bigint', 1n],
    ['a function', { a: () => 1 }],
    ['a symbol', Symbol.iterator],
    ['a Date', new Date(0)],
    ['bytes', new Uint8Array(2)],
    ['an instance of a class', new Thing()],
    ['a boxed string', Object('text')],
    ['a lone surrogate', ['\ud800']],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a cycle', cycle],
    ['129 levels', deep],
    ['an own toJSON', { toJSON: () => 'other' }],
  ])('%s', (_name, value) => {
    expect(() => canonicalize(value)).toThrow(NotJson)
  })
})

test('objects without a prototype are objects, and __proto__ is a name like any other', () => {
  const bare = Object.assign(Object.create(null), { b: 1, a: 2 })
  expect(canonicalize(bare)).toBe('{"a":2,"b":1}')
  expect(canonicalize(JSON.parse('{"__proto__":{"x":1},"A":[]}'))).toBe('{"A":[],"__proto__":{"x":1}}')
})

test('what is written reads back equal and is written the same again', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const bytes = canonicalBytes(value)
      const parsed = parseJson(bytes)
      expect(parsed).toEqual({ status: 'parsed', value: readJson(JSON.stringify(value)) })
      if (parsed.status === 'parsed') expect(canonicalBytes(parsed.value)).toEqual(bytes)
    }),
    { numRuns: 2000, interruptAfterTimeLimit: 3000 },
  )
})

test('an array of strings is written the same, faster', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (strings) => {
      expect(canonicalStrings(strings)).toBe(canonicalize(strings))
    }),
    { numRuns: 2000, interruptAfterTimeLimit: 3000 },
  )
  expect(() => canonicalStrings(['a', '\udfff'])).toThrow(NotJson)
})
