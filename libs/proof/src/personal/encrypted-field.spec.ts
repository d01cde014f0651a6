import { expect, test } from 'vitest'
import { recordAnswers } from '../../vectors/record-answers.ts'
import { type EncryptedField, isEncryptedField } from './encrypted-field.ts'
import { digestHmac, eventKey, fieldKey, keyCommitment } from './field-keys.ts'

const field = recordAnswers.fields[0]?.encrypted as EncryptedField

test('an encrypted field of nobody and one of a data subject', () => {
  expect(isEncryptedField(field)).toBe(true)
  expect(isEncryptedField({ ...field, sub: 'sub_9d2e' })).toBe(true)
})

test.each<[string, unknown]>([
  ['nothing', null],
  ['a list', [field]],
  ['one member more', { ...field, alg: 'none' }],
  ['one member less', { enc: 1, sub: null, iv: field.iv, ct: field.ct }],
  ['another scheme', { ...field, enc: 2 }],
  ['a name for a subject', { ...field, sub: 'Ada' }],
  ['a short IV', { ...field, iv: 'AAAA' }],
  ['an IV in another base64', { ...field, iv: field.iv.replaceAll('+', '-') }],
  ['a tag alone', { ...field, ct: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
  ['stray bits behind the ciphertext', { ...field, ct: field.ct.replace('A==', 'B==') }],
  ['a commitment in capitals', { ...field, kc: field.kc.toUpperCase() }],
  ['a prototype with the members', Object.create(field)],
])('not one: %s', (_name, value) => {
  expect(isEncryptedField(value)).toBe(false)
})

test('keys of other lengths are refused, never padded', () => {
  const key = new Uint8Array(32)
  const place = { workspace: 'ws_1', stream: 'ws_1.model-a', id: 'x', pointer: '/a' }
  expect(() => eventKey(new Uint8Array(31), 'ws_1.model-a', 'x')).toThrow(/expected a block key of 32 bytes/)
  expect(() => fieldKey({ ...place, eventKey: key, subjectKey: new Uint8Array(0) })).toThrow(/expected a subject key of 32 bytes/)
  expect(() => keyCommitment(new Uint8Array(16))).toThrow(/expected a field key of 32 bytes/)
  expect(() => digestHmac(key, 'AB'.repeat(32))).toThrow(/expected a SHA-256/)
})
