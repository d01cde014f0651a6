import { describe, test } from 'vitest'
import { event, given, person } from '../../testing/given.ts'

const anna = person('anna')
const adopted = event('PolicyAdopted', {}, anna)
const revised = event('PolicyRevised', {}, anna)
const gate = event('GateDefined', {}, anna)
const violation = event('ViolationRecorded')
const resolved = event('ViolationResolved', {}, anna)

describe('a policy', () => {
  test('is adopted once, and revised from then on', () => {
    given().when(adopted).isAccepted()
    given(adopted).when(adopted).isRefused('AlreadyAdopted')
    given().when(revised).isRefused('NotAdopted')
    given(adopted).when(revised).isAccepted()
  })

  test('has each version once', () => {
    given(adopted, revised).when(revised).isRefused('VersionTaken')
    given(adopted)
      .when(event('PolicyRevised', { version: '1' }, anna))
      .isRefused('VersionTaken')
  })

  test('is adopted by people', () => given().when(event('PolicyAdopted')).isRefused('NotAPerson', 'DecisionNeedsAPerson'))
})

test('a version of a gate is defined once', () => {
  given().when(gate).isAccepted()
  given(gate).when(gate).isRefused('VersionTaken')
  given(gate)
    .when(event('GateDefined', { version: '3' }, anna))
    .isAccepted()
})

describe('a violation', () => {
  test('is recorded once', () => {
    given().when(violation).isAccepted()
    given(violation).when(violation).isRefused('AlreadyRecorded', 'ContradictsRecord')
    given(violation, resolved).when(violation).isRefused('AlreadyRecorded', 'ContradictsRecord')
  })

  test('is resolved once, and only when it exists', () => {
    given().when(resolved).isRefused('NotRecorded')
    given(violation).when(resolved).isAccepted()
    given(violation, resolved).when(resolved).isRefused('AlreadyResolved')
  })

  test('is resolved for what broke the rule', () =>
    given(violation)
      .when(event('ViolationResolved', { subject: 'model:cs@8' }, anna))
      .isRefused('OtherSubject'))
})
