import { createHmac } from 'node:crypto'
import { eventKeyFrom, extractBlockKey, fieldKey, keyCommitment, nobleDigests } from '@annal/proof'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commitmentOf, eventKeyOf, fieldKeyOf } from './derive-keys.ts'
import { nodeDigests } from './node-digests.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const pointer = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 300, maxLength: 600 }))
  .map((text) => `/${text}`)

test('event keys, field keys and commitments are those of the proof package', () => {
  fc.assert(
    fc.property(key, fc.option(key), fc.uuid(), pointer, (secret, subjectKey, id, at) => {
      const stream = 'ws_1.model-cs'
      const block = extractBlockKey(secret)
      const eventKey = eventKeyOf(block, stream, id)
      expect(hex(eventKey)).toBe(hex(eventKeyFrom(block, stream, id)))
      const place = { workspace: 'ws_1', stream, id, pointer: at }
      const made = fieldKeyOf(eventKey, subjectKey, place)
      expect(hex(made)).toBe(hex(fieldKey({ ...place, eventKey, subjectKey })))
      expect(commitmentOf(made)).toBe(keyCommitment(made))
    }),
  )
})

test('digests by Node are those in JavaScript, for keys and messages of every length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 2_000, size: 'max' }), (secret, message) => {
      expect(hex(nodeDigests.sha256(message))).toBe(hex(nobleDigests.sha256(message)))
      expect(hex(nodeDigests.hmacSha256(secret, message))).toBe(createHmac('sha256', secret).update(message).digest('hex'))
    }),
  )
})

test('a result stays what it is when the next is made', () => {
  const first = nodeDigests.hmacSha256(new Uint8Array(32), new Uint8Array(1))
  const copy = hex(first)
  nodeDigests.hmacSha256(new Uint8Array(32).fill(1), new Uint8Array(2))
  expect(hex(first)).toBe(copy)
})

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
