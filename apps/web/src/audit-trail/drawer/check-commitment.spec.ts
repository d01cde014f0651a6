import { commitment, encodeUtf8, toHex } from '@annal/proof'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCommitment } from './check-commitment.ts'

const event = fc
  .record({ raw: fc.string({ unit: 'grapheme' }), salt: fc.uint8Array({ minLength: 16, maxLength: 16 }) })
  .map(({ raw, salt }) => ({
    raw,
    salt: toHex(salt),
    commitment: commitment(salt, encodeUtf8(raw)),
  }))

describe('the check of a commitment', () => {
  it('matches the bytes that were committed to, and no others', () => {
    fc.assert(
      fc.property(event, (sound) => {
        expect(checkCommitment(sound).status).toBe('matches')
        expect(checkCommitment({ ...sound, raw: `${sound.raw} ` }).status).toBe('differs')
        expect(
          checkCommitment({ ...sound, commitment: sound.commitment.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }).status,
        ).toBe('differs')
      }),
      { numRuns: 50 },
    )
  })

  it('says when the salt is none', () => {
    expect(checkCommitment({ raw: '{}', salt: 'abc', commitment: '' })).toEqual({ status: 'unreadable-salt' })
  })
})
