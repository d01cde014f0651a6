// biome-ignore lint/style/noRestrictedImports: the runtime's own HMAC is what ours is compared with.
import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Digests, digestsFrom, nobleDigests } from './digests.ts'

describe.each<[string, Digests]>([
  ['in JavaScript', nobleDigests],
  ['on a given SHA-256', digestsFrom((bytes) => createHash('sha256').update(bytes).digest())],
])('digests %s', (_name, digests) => {
  test('are those of the runtime', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 3000, size: 'max' }), (key, bytes) => {
        expect(Buffer.from(digests.sha256(bytes))).toEqual(createHash('sha256').update(bytes).digest())
        expect(Buffer.from(digests.hmacSha256(key, bytes))).toEqual(createHmac('sha256', key).update(bytes).digest())
      }),
      { numRuns: 300, interruptAfterTimeLimit: 3000 },
    )
  })
})

test('a key longer than a block is refused, not hashed', () => {
  const digests = digestsFrom(nobleDigests.sha256)
  expect(() => digests.hmacSha256(new Uint8Array(65), new Uint8Array(1))).toThrow(/at most 64 bytes, found 65/)
})
