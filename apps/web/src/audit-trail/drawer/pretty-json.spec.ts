import { readJson } from '@annal/proof'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { prettyJson } from './pretty-json.ts'

it('keeps every character of the indented JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = prettyJson(JSON.stringify(value))
        .map((piece) => piece.text)
        .join('')
      expect(text).toBe(JSON.stringify(readJson(JSON.stringify(value)), null, 2))
    }),
  )
})

it('tells keys from strings', () => {
  expect(prettyJson('{"a":"b","n":1,"t":true}').filter(({ kind }) => kind !== 'mark')).toEqual([
    { kind: 'key', text: '"a"' },
    { kind: 'string', text: '"b"' },
    { kind: 'key', text: '"n"' },
    { kind: 'number', text: '1' },
    { kind: 'key', text: '"t"' },
    { kind: 'word', text: 'true' },
  ])
})
