import { describe, expect, test } from 'vitest'
import { event, fold, given, person } from '../../testing/given.ts'

const anna = person('anna')
const registered = event('SystemRegistered')
const retired = event('SystemRetired', {}, anna)

describe('observations', () => {
  test('a system is registered once, and its id is never given again', () => {
    given().when(registered).isAccepted()
    given(registered).when(registered).isRefused('AlreadyRegistered', 'ContradictsRecord')
    given(registered, retired).when(registered).isRefused('AlreadyRegistered', 'ContradictsRecord')
  })

  test.each(['SystemClassified', 'AvailabilityMeasured', 'AgentActionTaken', 'DocumentAttached'])(
    '%s is taken before the registration and after the retirement',
    (type) => {
      given().when(event(type)).isAccepted()
      given(registered, retired).when(event(type)).isAccepted()
    },
  )
})

describe('retirement', () => {
  test('is decided once, about a registered system', () => {
    given().when(retired).isRefused('NotRegistered')
    given(registered).when(retired).isAccepted()
    given(registered, retired).when(retired).isRefused('Retired')
  })

  test('a system does not take its own place', () =>
    given(registered)
      .when(event('SystemRetired', { replacedBy: 'credit-scoring' }, anna))
      .isRefused('ReplacedByItself'))
})

describe('readiness', () => {
  const met = event('ReadinessItemSettled', { outcome: 'met' }, anna)
  const waived = event('ReadinessItemSettled', { outcome: 'waived' }, anna)

  test('an item is settled, and settled otherwise later', () => {
    given(registered).when(met).isAccepted()
    given(registered, met).when(waived).isAccepted()
    given(registered, met, waived).when(met).isAccepted()
  })

  test('the same again changes nothing; another item does', () => {
    given(registered, met).when(met).isRefused('NothingNew')
    given(registered, met)
      .when(event('ReadinessItemSettled', { item: 'sla' }, anna))
      .isAccepted()
    given(registered, met)
      .when(event('ReadinessItemSettled', { list: 'technical' }, anna))
      .isAccepted()
  })

  test('needs a system in use', () => {
    given().when(met).isRefused('NotRegistered')
    given(registered, retired).when(met).isRefused('Retired')
  })
})

describe('waivers', () => {
  const waiver = (until: string) => event('ObligationWaived', { until }, anna)

  test('run to a day that is not over', () => {
    given(registered).when(waiver('2026-03-03')).isAccepted()
    given(registered).when(waiver('2026-03-02')).isRefused('InThePast')
  })

  test('can be made longer or shorter, but not the same', () => {
    given(registered, waiver('2026-06-30')).when(waiver('2026-05-31')).isAccepted()
    given(registered, waiver('2026-06-30')).when(waiver('2026-06-30')).isRefused('NothingNew')
  })
})

describe('evidence', () => {
  const accepted = event('EvidenceAccepted', { obligation: 'art-10.2.f' }, anna)
  const rejected = event('EvidenceRejected', { obligation: 'art-10.2.f' }, anna)

  test('is judged per obligation, and anew', () => {
    given(registered).when(accepted).isAccepted()
    given(registered, accepted).when(rejected).isAccepted()
    given(registered, accepted)
      .when(event('EvidenceAccepted', { obligation: 'art-10.2.g' }, anna))
      .isAccepted()
    given(registered, accepted)
      .when(event('EvidenceAccepted', { obligation: 'art-10.2.f', until: '2027-01-01' }, anna))
      .isAccepted()
  })

  test('the same verdict again changes nothing', () => {
    given(registered, accepted).when(accepted).isRefused('NothingNew')
    given(registered, accepted, rejected).when(rejected).isRefused('NothingNew')
  })

  test('of a retired system is still judged', () => given(registered, retired).when(accepted).isAccepted())
})

test('corrections change no state', () => {
  const correction = event('EventCorrected')
  expect(fold([registered, correction], 'aisystem')).toEqual(fold([registered], 'aisystem'))
})
