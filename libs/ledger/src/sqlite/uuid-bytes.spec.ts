import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uuidBytes, uuidText } from './uuid-bytes.ts'

describe('the bytes of a UUID', () => {
  it('are its hex digits, and give it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const hex = Buffer.from(bytes).toString('hex')
        const id = uuidText(hex.toUpperCase())
        expect(id.replaceAll('-', '')).toBe(hex)
        expect(uuidBytes(id)).toEqual(bytes)
        expect(uuidBytes(id, new Uint8Array(16).fill(7))).toEqual(bytes)
      }),
    )
  })

  it('are refused for anything else', () => {
    const id = '0192f3c4-0000-7000-8000-00000000000a'
    const others = [...id].map((_, at) => `${id.slice(0, at)}${id[at] === '-' ? '0' : '-'}${id.slice(at + 1)}`)
    for (const other of [
      ...others,
      id.toUpperCase(),
      `${id}0`,
      id.slice(1),
      '',
      `{${id.slice(1, -1)}}`,
      id.replace('a', 'ł'),
      id.replace('a', 'g'),
    ]) {
      expect(() => uuidBytes(other), other).toThrow(/expected a lower-case UUID/)
    }
  })
})
