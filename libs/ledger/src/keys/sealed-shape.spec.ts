import { expect, test } from 'vitest'
import { findLookAlike, sealedValues } from './sealed-shape.ts'

const field = { enc: 1, sub: null, iv: 'yEnt5unPhcuM/nbf', ct: 'ibB5hoCDWJvXowEkezsX5A3+7jOI858epwziKik=', kc: '71'.repeat(32) }
const hmac = 'ab'.repeat(32)

test('encrypted fields and digests are found at every depth, with escaped pointers', () => {
  const content = { a: field, 'b/c': [{ 'd~e': field }, 'x'], inputHmac: hmac, deep: { outputHmac: hmac, hmac, sha256: hmac } }
  expect(sealedValues(content).map(({ how, pointer }) => [how, pointer])).toEqual([
    ['encrypted', '/a'],
    ['encrypted', '/b~1c/0/d~0e'],
    ['digest', '/inputHmac'],
    ['digest', '/deep/outputHmac'],
  ])
})

test('what has the members of an encrypted field and is none is told apart, and not looked into', () => {
  expect(sealedValues({ a: { ...field, kc: 'short' }, b: { ...field, more: field } }).map(({ how }) => how)).toEqual([
    'malformed',
    'malformed',
  ])
})

test('nothing sealed in plain content, whatever it resembles', () => {
  expect(sealedValues({ a: { enc: 1 }, b: { ct: 'x', kc: 'y' }, textHmac: 'ab', listHmac: [hmac], numberHmac: 1, n: null })).toEqual([])
})

test.each([
  ['an encrypted field', { a: { b: [field] } }, '/a/b/0'],
  ['one with other contents', { a: { ...field, ct: 1 } }, '/a'],
  ['one with a member more', { 'x/y': { ...field, more: 1 } }, '/x~1y'],
  ['data that is one', field, ''],
])('%s in plain data is a look-alike', (_what, content, pointer) => {
  expect(findLookAlike(content)).toBe(pointer)
})

test('content that only has some of the members is none', () => {
  expect(findLookAlike({ enc: 1, metrics: { enc: 1, ct: 2 }, list: [{ kc: 1 }] })).toBeNull()
})
