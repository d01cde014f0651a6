import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64Length, isBase64, parseBase64, toBase64 } from './base64.ts'
import { isHex32, parseHex, toHex } from './hex.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

test('base64 and hex are those of the runtime, and read back equal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const base64 = toBase64(bytes)
      expect(base64).toBe(Buffer.from(bytes).toString('base64'))
      expect(parseBase64(base64)).toEqual(bytes)
      expect(base64Length(base64)).toBe(bytes.length)
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
      expect(parseHex(toHex(bytes))).toEqual(bytes)
    }),
  )
})

test('what is accepted as base64 or hex is what would be written', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9+/=]{0,8}$/), (text) => {
      const bytes = parseBase64(text)
      expect(isBase64(text)).toBe(bytes !== null)
      if (bytes !== null) expect(toBase64(bytes)).toBe(text)
      const fromHex = parseHex(text)
      if (fromHex !== null) expect(toHex(fromHex)).toBe(text)
    }),
  )
})

test.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', 'AAAA=', '=AAA', 'AA-_', 'AAAA\n', ' AAAA', 'A===', '===='])('no base64: %j', (text) => {
  expect(parseBase64(text)).toBeNull()
})

test.each(['a', 'AB', '0x', 'zz', 'ab\n', ' ab'])('no hex: %j', (text) => {
  expect(parseHex(text)).toBeNull()
})

test('32 bytes in hex', () => {
  expect(isHex32('0a'.repeat(32))).toBe(true)
  expect(['0a'.repeat(31), '0A'.repeat(32), `${'0a'.repeat(32)}\n`, 7].some(isHex32)).toBe(false)
})

test('UTF-8: the offset is that of the first byte that can’t be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(0xff, 0xc0, 0xf8), (text, stray) => {
      const bytes = encodeUtf8(text)
      expect(decodeUtf8(bytes)).toEqual({ status: 'decoded', text })
      expect(decodeUtf8(Uint8Array.of(...bytes, stray, 0x41))).toEqual({ status: 'refused', at: bytes.length })
    }),
  )
})
