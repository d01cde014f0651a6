import { readJson } from '@annal/proof'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EventContent, pointerTo, pointerTokens, valueAt, withValuesAt } from './json-pointer.ts'

test('the examples of RFC 6901 §5', () => {
  const content = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4, 'i\\j': 5, 'k"l': 6, ' ': 7, 'm~n': 8 }
  const answers: [string, unknown][] = [
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ]
  for (const [pointer, value] of answers) expect(valueAt(content, pointer)).toEqual(value)
})

test.each(['/list/2', '/list/-', '/list/01', '/list/length', '/list/push', '/absent', '/text/0', '/none/x', '/toString', '/__proto__'])(
  '%s names nothing',
  (pointer) => {
    const content = { list: [1, 2], text: 'ab', none: null }
    expect(valueAt(content, pointer)).toBeUndefined()
    expect(() => withValuesAt(content, new Map([[pointer, 1]]))).toThrow(/expected a value at/)
  },
)

test('~01 is ~1, not a slash', () => {
  expect(pointerTokens('/~01')).toEqual(['~1'])
  expect(pointerTo('', '~1')).toBe('/~01')
})

test('a pointer is written as it is read', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (tokens) => {
      expect(pointerTokens(tokens.reduce(pointerTo, ''))).toEqual(tokens)
    }),
  )
})

test('other values stand where the pointers say, and nothing else changes, least of all the original', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), fc.nat(), (generated, a, b) => {
      const content = readJson(JSON.stringify(generated)) as EventContent
      const pointers = leaves(content, '')
      fc.pre(pointers.length > 0)
      const chosen = new Set([pointers[a % pointers.length] ?? '', pointers[b % pointers.length] ?? ''])
      const before = JSON.stringify(content)
      const changed = withValuesAt(content, new Map([...chosen].map((pointer) => [pointer, `new ${pointer}`])))
      expect(JSON.stringify(content)).toBe(before)
      for (const pointer of pointers)
        expect(valueAt(changed, pointer)).toEqual(chosen.has(pointer) ? `new ${pointer}` : valueAt(content, pointer))
      const restored = withValuesAt(changed, new Map([...chosen].map((pointer) => [pointer, valueAt(content, pointer)])))
      expect(JSON.stringify(restored)).toBe(before)
    }),
  )
})

test('a member called __proto__ is a member like others', () => {
  const content = JSON.parse('{"__proto__":{"name":"Ada"},"x":1}')
  expect(valueAt(content, '/__proto__/name')).toBe('Ada')
  const changed = withValuesAt(content, new Map([['/__proto__/name', 'gone']]))
  expect(JSON.stringify(changed)).toBe('{"__proto__":{"name":"gone"},"x":1}')
  expect(Object.getPrototypeOf(changed)).toBe(Object.prototype)
})

function leaves(value: unknown, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [pointer]
  const children = Object.entries(value).flatMap(([name, child]) => leaves(child, pointerTo(pointer, name)))
  return children.length === 0 && pointer !== '' ? [pointer] : children
}
