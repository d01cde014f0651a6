import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteColumn } from './byte-column.ts'

const pieces = fc.array(fc.oneof(fc.uint8Array({ maxLength: 3_000 }), fc.integer({ min: 0, max: 65_535 })), { maxLength: 20 })

describe('a column of bytes', () => {
  it('holds what was pushed, side by side, and what was seen of it stays', () => {
    fc.assert(
      fc.property(pieces, (pushed) => {
        const column = new ByteColumn()
        const seen: { readonly view: Uint8Array; readonly copy: Buffer }[] = []
        for (const piece of pushed) {
          if (typeof piece === 'number') column.pushUint16(piece)
          else column.push(piece)
          seen.push({ view: column.bytes(), copy: Buffer.from(column.bytes()) })
        }
        const whole = pushed.map((piece) => (typeof piece === 'number' ? Uint8Array.of(piece >>> 8, piece & 0xff) : piece))
        expect(Buffer.from(column.bytes())).toEqual(Buffer.concat(whole))
        for (const { view, copy } of seen) expect(Buffer.from(view)).toEqual(copy)
      }),
    )
  })
})
