import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, parseJsonText } from './parse-json.ts'
import { readJson } from './read-json.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('refused, with the place', () => {
  test.each<[string, string, string, number | string]>([
    ['a name given twice', '{"a":1,"a":1}', 'duplicate-key', '/a'],
    ['a name given twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate-key', '/a'],
    ['a name given twice, deep', '[{"x":{"k/~":[{"b":0,"c":1,"b":2}]}}]', 'duplicate-key', '/0/x/k~1~0/0/b'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'duplicate-key', '/__proto__'],
    ['the empty name twice', '{"":1,"":2}', 'duplicate-key', '/'],
    ['a lone high surrogate', '{"a":["\\ud800"]}', 'lone-surrogate', '/a/0'],
    ['a lone low surrogate', '["\\uDC00 "]', 'lone-surrogate', '/0'],
    ['a reversed pair', '"\\udc00\\ud800"', 'lone-surrogate', ''],
    ['a lone surrogate in a name', '{"a":{"\\ud83d":1}}', 'lone-surrogate', '/a'],
    ['1e400', '{"a":[0,1e400]}', 'number-out-of-range', '/a/1'],
    ['-1e400', '-1e400', 'number-out-of-range', ''],
    ['2^53 + 1', '{"n":[9007199254740993]}', 'number-inexact', '/n/0'],
    ['20 digits', '-12345678901234567890', 'number-inexact', ''],
    ['400 digits', '9'.repeat(400), 'number-out-of-range', ''],
    ['nothing', '', 'invalid-json', 0],
    ['white space alone', ' \n', 'invalid-json', 2],
    ['a byte order mark', '\ufeff{}', 'invalid-json', 0],
    ['a trailing comma', '[1,]', 'invalid-json', 3],
    ['a trailing comma in an object', '{"a":1,}', 'invalid-json', 7],
    ['a comment', '[1]/**/', 'invalid-json', 3],
    ['two values', '1 2', 'invalid-json', 2],
    ['NaN', '[NaN]', 'invalid-json', 1],
    ['a leading zero', '[01]', 'invalid-json', 2],
    ['a plus sign', '+1', 'invalid-json', 0],
    ['a bare point', '[1.]', 'invalid-json', 2],
    ['single quotes', "{'a':1}", 'invalid-json', 1],
    ['an unknown escape', '"\\x"', 'invalid-json', 1],
    ['a half escape', '"\\u12"', 'invalid-json', 1],
    ['a control character', '"a\u0001"', 'invalid-json', 2],
    ['an open string', '{"a', 'invalid-json', 3],
    ['an open string that ends in a backslash', '"\\', 'invalid-json', 1],
    ['an open object', '{"a":1', 'invalid-json', 6],
    ['a missing colon', '{"a" 1}', 'invalid-json', 5],
    ['a no-break space', '\u00a01', 'invalid-json', 0],
    ['129 levels', `${'['.repeat(129)}${']'.repeat(129)}`, 'too-deep', 128],
    ['a million levels', '{"a":'.repeat(1_000_000), 'too-deep', 640],
  ])('%s', (_name, text, problem, at) => {
    expect(parseJson(utf8(text))).toEqual({ status: 'refused', problem, at })
  })

  test.each<[string, number[], number]>([
    ['a stray byte', [0x5b, 0x22, 0xff, 0x22, 0x5d], 2],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22], 1],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22], 2],
    ['a cut character', [0x22, 0xe2, 0x82], 3],
    ['beyond U+10FFFF', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 2],
  ])('%s is no UTF-8', (_name, bytes, at) => {
    expect(parseJson(new Uint8Array(bytes))).toEqual({ status: 'refused', problem: 'invalid-utf8', at })
  })
})

describe('accepted', () => {
  test.each([
    '{"a":":::{[","b":"\\":\\"","c\\\\":"\\\\"}',
    '[[],{},"",0,-0,1e5,1E-7,true,false,null]',
    '"\\ud83d\\ude00 😀 \\u0000"',
    '{"a":{"a":{"a":1}}}',
    '{"__proto__":{"constructor":1},"constructor":2,"toString":3}',
    '\t\r\n {"a" : 1 } ',
    `${'['.repeat(128)}${']'.repeat(128)}`,
  ])('%s', (text) => {
    expect(parseJson(utf8(text))).toEqual({ status: 'parsed', value: JSON.parse(text) })
  })

  test('__proto__ stays a member and changes no prototype', () => {
    const parsed = parseJson(utf8('{"__proto__":{"polluted":true}}'))
    if (parsed.status === 'refused') throw new Error(parsed.problem)
    expect(Object.getPrototypeOf(parsed.value)).toBe(Object.prototype)
    expect(Object.keys(parsed.value as object)).toEqual(['__proto__'])
  })
})

const LIMIT = { numRuns: 5000, interruptAfterTimeLimit: 3000 }

test('agrees with JSON.parse on whatever JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      expect(parseJsonText(text)).toEqual({ status: 'parsed', value: readJson(text) })
    }),
    LIMIT,
  )
})

test('on bent JSON it accepts nothing that JSON.parse refuses, and refuses valid JSON only with a reason of its own', () => {
  const bend = fc.tuple(
    fc.jsonValue({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom('"', '\\', '{', '}', '[', ',', ':', '1', 'e', '\\ud800', ' ', '\u0001'),
  )
  fc.assert(
    fc.property(bend, ([value, at, insert]) => {
      const text = JSON.stringify(value)
      const place = at % (text.length + 1)
      const bent = text.slice(0, place) + insert + text.slice(place)
      const parsed = parseJsonText(bent)
      if (isJson(bent)) expect(parsed).not.toMatchObject({ problem: 'invalid-json' })
      else expect(parsed.status).toBe('refused')
    }),
    LIMIT,
  )
})

test('a doubled member is found wherever it stands', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 }), fc.nat(), (object, pick) => {
      const names = Object.keys(object)
      const name = names[pick % names.length] as string
      const text = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(name)}:[]}`
      expect(parseJsonText(`[${text}]`)).toEqual({ status: 'refused', problem: 'duplicate-key', at: `/0/${pointerToken(name)}` })
    }),
    LIMIT,
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function pointerToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
