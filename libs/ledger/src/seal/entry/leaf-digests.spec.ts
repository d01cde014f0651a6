import { commitment, entryBytes, entryText, leafHash, SALT_LENGTH } from '@annal/proof'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commitmentOf, LeafWriter } from './leaf-digests.ts'

const token = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const entry = fc
  .record({ commit: token, tokens: fc.uniqueArray(token, { maxLength: 129 }), seq: fc.integer({ min: 0, max: 2 ** 40 }) })
  .map(({ commit, tokens, seq }) => ({
    v: 1 as const,
    seq,
    at: '2026-07-01T00:00:00.000Z',
    refs: tokens.sort().map((name) => [name, 1] as const),
    commit,
  }))

describe('the hashes of a leaf on the way that every event takes', () => {
  it('commit to an event as the proof library does', () => {
    const salt = fc.uint8Array({ minLength: SALT_LENGTH, maxLength: SALT_LENGTH })
    fc.assert(
      fc.property(salt, fc.uint8Array({ maxLength: 3000 }), (salted, bytes) => {
        expect(commitmentOf(salted, bytes)).toBe(commitment(salted, bytes))
      }),
    )
  })

  it('refuse a salt of another length, as it does', () => {
    expect(() => commitmentOf(new Uint8Array(15), new Uint8Array(3))).toThrow('expected a salt of 16 bytes, found 15')
  })

  it('give the bytes and the leaf hash of an entry as it does, whatever was written before', () => {
    const writer = new LeafWriter()
    fc.assert(
      fc.property(entry, (made) => {
        const { bytes, hash } = writer.write(entryText(made))
        expect(Buffer.from(bytes)).toEqual(Buffer.from(entryBytes(made)))
        expect(Buffer.from(hash)).toEqual(Buffer.from(leafHash(entryBytes(made))))
      }),
    )
  })
})
