import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frame, LARGEST_PAYLOAD, unframe } from './frame.ts'

const payload = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes))

describe('a record', () => {
  test('is read back as it was written, wherever it stands', () => {
    fc.assert(
      fc.property(payload, fc.uint8Array({ maxLength: 20 }), (written, before) => {
        const bytes = Buffer.concat([before, frame(written), Buffer.from('more')])
        expect(unframe(bytes, before.length)).toEqual({ status: 'record', payload: written, end: before.length + 8 + written.length })
      }),
    )
  })

  test('is no record any more when one bit of it changed', () => {
    fc.assert(
      fc.property(payload, fc.nat(), (written, at) => {
        const bytes = frame(written)
        const bit = at % (bytes.length * 8)
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(unframe(bytes, 0).status).not.toBe('record')
      }),
    )
  })

  test('is incomplete when it ends early, and zeros are none', () => {
    fc.assert(
      fc.property(payload, fc.nat(), (written, at) => {
        const bytes = frame(written)
        expect(unframe(bytes.subarray(0, at % bytes.length), 0)).toEqual({ status: 'incomplete' })
      }),
    )
    expect(unframe(Buffer.alloc(64), 0)).toMatchObject({ status: 'damaged' })
    expect(() => frame(Buffer.alloc(0))).toThrow('1 to')
    expect(() => frame(Buffer.alloc(LARGEST_PAYLOAD + 1))).toThrow('1 to')
  })
})
