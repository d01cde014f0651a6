import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carriesToken, tokenedReferences } from '../entry/token.ts'
import { derivedId } from './derived-id.ts'
import { formatEventReference, parseEventReference } from './event-reference.ts'
import { isEventId, isId, isSubjectId, isWorkspace } from './ids.ts'
import { formatReference, parseReference } from './reference.ts'
import { formatStream, parseStream } from './stream.ts'

const UUID = '0192f3c4-0000-7000-8000-000000000001'

describe('streams', () => {
  test.each([
    ['ws_k7m2.model-cs', { workspace: 'ws_k7m2', type: 'model', id: 'cs' }],
    ['ws_k7m2.approval-cs-release-7', { workspace: 'ws_k7m2', type: 'approval', id: 'cs-release-7' }],
    ['ws_1.decision-a.b-c~2026-03-04~b', { workspace: 'ws_1', type: 'decision', id: 'a.b-c~2026-03-04~b' }],
    ['system.ledger-keys', { workspace: 'system', type: 'ledger', id: 'keys' }],
  ])('%s', (text, parts) => {
    expect(parseStream(text)).toEqual(parts)
    expect(formatStream(parts)).toBe(text)
  })

  test.each([
    '',
    'model-cs',
    'ws_1.model',
    'ws_1.-cs',
    'ws_1.model-',
    'ws-1.model-cs',
    'ws_1.Model-cs',
    'ws_1.model-CS',
    'ws_1.model-cs\n',
    'ws_1.model-c s',
    'ws_1.model-é',
    'ws_1.model--cs',
    'ws~1.model-cs',
    `ws_1.model-${'a'.repeat(129)}`,
    '$ce-model',
    '.model-cs',
  ])('refused: %j', (text) => {
    expect(parseStream(text)).toBeNull()
  })

  test('a part that can’t stand in a name is never written', () => {
    expect(() => formatStream({ workspace: 'ws_1', type: 'mo-del', id: 'x' })).toThrow(/expected the parts/)
    expect(() => formatStream({ workspace: 'ws.1', type: 'model', id: 'x' })).toThrow(/expected the parts/)
  })

  test('a system with the longest id has streams for its decisions', () => {
    expect(parseStream(`ws_1.decision-${'a'.repeat(100)}~2026-03-04~b`)?.type).toBe('decision')
  })
})

describe('references', () => {
  test.each([
    ['aisystem:credit-scoring', { type: 'aisystem', id: 'credit-scoring', version: null }],
    ['model:cs@7', { type: 'model', id: 'cs', version: '7' }],
    ['dataset:loans@2026-02', { type: 'dataset', id: 'loans', version: '2026-02' }],
  ])('%s', (text, parts) => {
    expect(parseReference(text)).toEqual(parts)
    expect(formatReference(parts)).toBe(text)
  })

  test.each([
    '',
    'model',
    'model:',
    ':cs',
    'model:cs@',
    'model:cs@7@8',
    'Model:cs',
    'model:Cs',
    'model:c:s',
    'model:cs\n',
    'ws_1.model-cs',
  ])('refused: %j', (text) => {
    expect(parseReference(text)).toBeNull()
  })

  test('a part that can’t stand in a reference is never written', () => {
    expect(() => formatReference({ type: 'model', id: 'A', version: null })).toThrow(/expected the parts/)
  })
})

describe('event references', () => {
  test('stream and id', () => {
    const reference = { stream: 'ws_1.model-cs', id: UUID }
    expect(formatEventReference(reference)).toBe(`ws_1.model-cs/${UUID}`)
    expect(parseEventReference(`ws_1.model-cs/${UUID}`)).toEqual(reference)
  })

  test.each([
    '',
    UUID,
    `/${UUID}`,
    'ws_1.model-cs/',
    `ws_1.model-cs/${UUID.replace('c', 'C')}`,
    `ws_1.model-cs//${UUID}`,
    `model:cs/${UUID}`,
  ])('refused: %j', (text) => {
    expect(parseEventReference(text)).toBeNull()
  })
})

test('ids', () => {
  expect(['a', '0', 'a.b_c~d-e', 'a'.repeat(100)].every(isId)).toBe(true)
  expect(['', '-a', '.a', 'A', 'a b', 'a/b', 'a:b', 'a@b', 'é', 'a'.repeat(101), 7, null].some(isId)).toBe(false)
  expect(isWorkspace('ws_k7m2q9x4t1')).toBe(true)
  expect(isWorkspace('ws-1')).toBe(false)
  expect(isEventId(UUID)).toBe(true)
  expect([UUID.toUpperCase(), UUID.replaceAll('-', ''), `{${UUID}}`].some(isEventId)).toBe(false)
  expect(isSubjectId('sub_9d2e')).toBe(true)
  expect(['sub_', 'per_9d2e', 'sub_9D2E'].some(isSubjectId)).toBe(false)
})

test('persons and data subjects carry no token, and what is no name has none either', () => {
  expect(['model:cs@7', 'personnel:a', 'ws_1.aisystem-a', 'ws_1.people-a'].every(carriesToken)).toBe(true)
  expect(['person:per_1', 'subject:sub_1', 'ws_1.person-per_1', 'ws_1.subject-sub_1'].some(carriesToken)).toBe(false)
  expect(() => carriesToken('person')).toThrow(/expected a reference/)
  expect(tokenedReferences({ stream: 'ws_1.person-per_1', about: ['aisystem:a', 'person:per_1'] })).toEqual(['aisystem:a'])
})

test('a derived id is a UUIDv8, and parts are not run together', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const id = derivedId('annal/ce/v1', [a, b])
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      if (b !== '') expect(derivedId('annal/ce/v1', [a + b, ''])).not.toBe(id)
    }),
    { numRuns: 500 },
  )
})
