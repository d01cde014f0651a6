import { readJson } from '@annal/proof'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ReadValue, readValues } from './read-values.ts'

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function read(text: string | Buffer, size = 7, longest?: number): Promise<ReadValue[]> {
  const values: ReadValue[] = []
  for await (const value of readValues(chunked(Buffer.from(text), size), longest)) values.push(value)
  return values
}
const value = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.boolean()))).map((object) => ({ ...object }))

describe('the input', () => {
  test('is one value a line, one array or one value over many lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 50 }), async (values, size) => {
        const clean = readJson(JSON.stringify(values)) as unknown[]
        const found = async (text: string) => (await read(text, size)).map((one) => (one.status === 'read' ? one.value : one.message))
        expect(await found(values.map((one) => JSON.stringify(one)).join('\n'))).toEqual(clean)
        expect(await found(JSON.stringify(values, null, 2))).toEqual(clean)
        expect(await found(JSON.stringify(values))).toEqual(clean)
        expect(await found(`${JSON.stringify(values[0], null, 2)}\n`)).toEqual(clean.slice(0, 1))
      }),
      { numRuns: 50 },
    )
  })

  test('names the line that can’t be read and goes on behind it', async () => {
    expect(await read('{"a":1}\n\nnonsense\n[1]\n{"a":2}')).toMatchObject([
      { status: 'read', where: 'line 1' },
      { status: 'invalid', where: 'line 3' },
      { status: 'invalid', where: 'line 4' },
      { status: 'read', where: 'line 5', value: { a: 2 } },
    ])
  })

  test('goes on behind a first line that is cut off', async () => {
    expect(await read('{"a":1, "b\n{"a":2}\n\n{"a":3}')).toMatchObject([
      { status: 'invalid', where: 'line 1' },
      { status: 'read', where: 'line 2', value: { a: 2 } },
      { status: 'read', where: 'line 4', value: { a: 3 } },
    ])
    expect(await read('{\n  "a": 1,\n  "b": [\n    {}\n')).toMatchObject([{ status: 'invalid', where: 'the document' }])
  })

  test('may begin with a byte order mark', async () => {
    expect(await read('\ufeff{"a":1}\r\n{"a":2}\r\n')).toMatchObject([{ value: { a: 1 } }, { value: { a: 2 } }])
    expect(await read('\ufeff[{"a":1}]')).toMatchObject([{ value: { a: 1 } }])
  })

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]), /UTF-8/],
    ['a member named twice', '{"a":1,"a":2}', /twice/],
    ['an integer that would be rounded', '{"a":9007199254740993}', /exactly/],
    ['a number that is none', '{"a":1e400}', /range/],
    ['half of a surrogate pair', '{"a":"\\ud800"}', /surrogate/],
    ['more depth than Annal takes', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`, /deeper/],
  ])('with %s has no single reading, and goes on behind it', async (_what, line, message) => {
    expect(await read(Buffer.concat([Buffer.from('{"b":1}\n'), Buffer.from(line), Buffer.from('\n{"b":2}\n')]))).toMatchObject([
      { value: { b: 1 } },
      { status: 'invalid', where: 'line 2', message: expect.stringMatching(message) },
      { value: { b: 2 } },
    ])
  })

  test('with a line too long to be held goes on behind it', async () => {
    const long = JSON.stringify({ a: 'x'.repeat(200) })
    expect(await read(`{"a":1}\n${long}\n{"a":2}`, 50, 100)).toMatchObject([
      { value: { a: 1 } },
      { status: 'invalid', where: 'line 2', message: expect.stringContaining('too long') },
      { value: { a: 2 } },
    ])
    expect(await read(`${long}\n{"a":2}`, 50, 100)).toMatchObject([{ status: 'invalid', where: 'line 1' }, { value: { a: 2 } }])
    const many = Array.from({ length: 50 }, (_, i) => `{"a":${i}}`)
    expect(await read(['{"a":1,', ...many].join('\n'), 50, 100)).toMatchObject([
      { status: 'invalid', where: 'line 1' },
      ...many.map((_, a) => ({ status: 'read', where: `line ${a + 2}`, value: { a } })),
    ])
    expect(await read(['[', ...many.map((one) => `${one},`), '{}]'].join('\n'), 50, 100)).toMatchObject([
      { status: 'invalid', where: 'the document', message: expect.stringContaining('too long') },
    ])
  })

  test('may be empty', async () => {
    expect(await read('')).toEqual([])
    expect(await read('\n \n')).toEqual([])
  })
})
