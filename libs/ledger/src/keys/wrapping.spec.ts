import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StoreCorrupt } from '../event-store.ts'
import { type KeyName, unwrap, WRAPPED_LENGTH, wrap } from './wrapping.ts'

const masterKey = createSecretKey(randomBytes(32))
const name: KeyName = ['block', 'ws_1.model-cs', 0, 0]
const key = new Uint8Array(randomBytes(32))

test('a wrapped key is unwrapped by the same master key under the same name', () => {
  const wrapped = wrap(masterKey, name, key)
  expect(wrapped).toHaveLength(WRAPPED_LENGTH)
  expect(unwrap(masterKey, name, wrapped)).toEqual(key)
})

test('two wrappings of one key have nothing in common', () => {
  expect(wrap(masterKey, name, key).subarray(0, 12)).not.toEqual(wrap(masterKey, name, key).subarray(0, 12))
})

test.each<[string, KeyName]>([
  ['another purpose', ['event', 'ws_1.model-cs', 0, 0]],
  ['another stream', ['block', 'ws_1.model-ct', 0, 0]],
  ['another block', ['block', 'ws_1.model-cs', 1, 0]],
  ['another generation', ['block', 'ws_1.model-cs', 0, 1]],
  ['the same letters cut elsewhere', ['blockws_1.model-cs', 0, 0]],
])('a wrapped key does not pass for that of %s', (_what, other) => {
  expect(() => unwrap(masterKey, other, wrap(masterKey, name, key))).toThrow(StoreCorrupt)
})

test('another master key does not open it', () => {
  expect(() => unwrap(createSecretKey(randomBytes(32)), name, wrap(masterKey, name, key))).toThrow(StoreCorrupt)
})

test('no changed bit, and no zeros in its place, go unnoticed', () => {
  const wrapped = wrap(masterKey, name, key)
  fc.assert(
    fc.property(fc.nat(WRAPPED_LENGTH * 8 - 1), (bit) => {
      const mutated = new Uint8Array(wrapped)
      mutated[bit >> 3] = (mutated[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => unwrap(masterKey, name, mutated)).toThrow(/expected the key \[block, ws_1.model-cs, 0, 0\]/)
    }),
  )
  expect(() => unwrap(masterKey, name, new Uint8Array(WRAPPED_LENGTH))).toThrow(StoreCorrupt)
  expect(() => unwrap(masterKey, name, new Uint8Array())).toThrow(/found 0 bytes/)
})

test('only keys of 32 bytes are wrapped', () => {
  expect(() => wrap(masterKey, name, new Uint8Array(31))).toThrow(/expected a key of 32 bytes, found 31/)
})
