import { describe, expect, test } from 'vitest'
import { event, fold, given, person } from '../../testing/given.ts'
import { decide } from '../deciders.ts'

const anna = person('anna')
const erased = event('SubjectErased', {}, anna)
const redacted = event('FieldRedacted', { subject: 'sub_77aa41c9' }, anna)
const expired = event('PayloadExpired')
const placed = event('LegalHoldPlaced', {}, anna)
const released = event('LegalHoldReleased', {}, anna)

test('a data subject is erased once', () => {
  given().when(erased).isAccepted()
  given(erased).when(erased).isRefused('AlreadyErased')
})

test('a field is redacted once', () => {
  given().when(redacted).isAccepted()
  given(redacted).when(redacted).isRefused('NothingNew')
  given(redacted)
    .when(event('FieldRedacted', { subject: 'sub_77aa41c9', path: '/note' }, anna))
    .isAccepted()
})

describe('a legal hold', () => {
  test.each([
    ['erasure', erased],
    ['redaction', redacted],
    ['expiry', expired],
  ])('forbids %s until it is released', (_what, command) => {
    given(placed).when(command).isRefused('UnderHold')
    given(placed, released).when(command).isAccepted()
    const other = event('LegalHoldPlaced', { hold: 'hold-2026-4' }, anna)
    given(placed, other, released).when(command).isRefused('UnderHold')
  })

  test('in another stream forbids them too', () => {
    const decision = decide('PayloadExpired', expired.data, fold([], 'subject'), {
      actor: anna,
      at: '2026-05-01T00:00:00.000Z',
      holds: ['hold-systems'],
    })
    expect(decision).toMatchObject({ status: 'refused', reason: 'UnderHold', message: expect.stringContaining('hold-systems') })
  })

  test('is named once, though it stands here and among those in place', () => {
    const decision = decide('SubjectErased', erased.data, fold([placed], 'subject'), {
      actor: anna,
      at: '2026-05-01T00:00:00.000Z',
      holds: ['hold-systems', 'hold-2026-3'],
    })
    expect(decision).toMatchObject({ message: 'a legal hold forbids it: hold-2026-3, hold-systems' })
  })

  test('is placed and released once', () => {
    given().when(placed).isAccepted()
    given(placed).when(placed).isRefused('AlreadyPlaced')
    given(placed, released).when(placed).isRefused('AlreadyPlaced')
    given().when(released).isRefused('NotPlaced')
    given(placed, released).when(released).isRefused('NotPlaced')
  })

  test('is looked at again today or later, never before', () => {
    given().when(placed, '2026-12-01T23:59:59.999Z').isAccepted()
    given().when(placed, '2026-12-02T00:00:00.000Z').isRefused('InThePast')
    given()
      .when(event('LegalHoldPlaced', { reviewOn: undefined }, anna))
      .isAccepted()
  })

  test('protects nothing that is erased already', () => given(erased).when(placed).isRefused('AlreadyErased'))
})

describe('a request for erasure', () => {
  const requested = event('ErasureRequested')
  const refused = event('ErasureRefused', {}, anna)

  test('waits once, until it is refused or granted', () => {
    given().when(requested).isAccepted()
    given(requested).when(requested).isRefused('AlreadyRequested', 'ContradictsRecord')
    given(requested).when(refused).isAccepted()
    given(requested, refused).when(requested).isAccepted()
    given(requested, erased).when(requested).isRefused('AlreadyErased', 'ContradictsRecord')
  })

  test('is refused only while it waits', () => {
    given().when(refused).isRefused('NotRequested')
    given(requested, erased).when(refused).isRefused('NotRequested')
  })
})
