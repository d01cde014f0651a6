import { describe, test } from 'vitest'
import { event, given, person } from '../../testing/given.ts'

const anna = person('anna')
const registered = event('ModelRegistered')
const version = (name: string) => event('ModelVersionRegistered', { version: name, derivedFrom: undefined })
const retired = event('ModelRetired', { version: undefined }, anna)
const retires = (name: string) => event('ModelRetired', { version: name }, anna)

describe('observations', () => {
  test('a model and each of its versions are registered once', () => {
    given(registered).when(registered).isRefused('AlreadyRegistered', 'ContradictsRecord')
    given(registered, version('7')).when(version('7')).isRefused('VersionTaken', 'ContradictsRecord')
    given(registered, version('7')).when(version('8')).isAccepted()
  })

  test('a version may come before its model, and after its retirement', () => {
    given().when(version('7')).isAccepted()
    given(version('7')).when(registered).isAccepted()
    given(registered, retired).when(version('8')).isAccepted()
  })

  test('a deployment without a gate is stored: bad news is no reason to refuse', () => given().when(event('VersionDeployed')).isAccepted())
})

describe('thresholds', () => {
  const bound = (value: number) => event('ThresholdSet', { bound: value }, anna)

  test('are set for a known model, and anew when they differ', () => {
    given().when(bound(0.85)).isRefused('NotRegistered')
    given(registered).when(bound(0.85)).isAccepted()
    given(registered, bound(0.85)).when(bound(0.86)).isAccepted()
    given(registered, bound(0.85))
      .when(event('ThresholdSet', { bound: 0.85, direction: 'at_most' }, anna))
      .isAccepted()
    given(registered, bound(0.85)).when(bound(0.85)).isRefused('NothingNew')
    given(registered, retired).when(bound(0.85)).isRefused('Retired')
  })
})

describe('stage gates', () => {
  const passes = event('StageGatePassed', {}, anna)
  const refused = event('StageGateRefused', { version: '7' }, anna)

  test('are decided for a version that is registered and in use', () => {
    given(registered).when(passes).isRefused('UnknownVersion')
    given(registered, version('7')).when(passes).isAccepted()
    given(registered, version('7'), retires('7')).when(passes).isRefused('Retired')
    given(registered, version('7'), retired).when(passes).isRefused('Retired')
  })

  test('a refused version may pass later; the same verdict twice changes nothing', () => {
    given(registered, version('7'), refused).when(passes).isAccepted()
    given(registered, version('7'), refused).when(refused).isRefused('NothingNew')
    given(registered, version('7'), passes).when(passes).isRefused('NothingNew')
  })
})

describe('retirement', () => {
  test('of a version or of the model, once', () => {
    given(registered, version('6')).when(retires('6')).isAccepted()
    given(registered, version('6'), retires('6')).when(retires('6')).isRefused('Retired')
    given(registered).when(retires('6')).isRefused('UnknownVersion')
    given(registered).when(retired).isAccepted()
    given(registered, retired).when(retired).isRefused('Retired')
    given().when(retired).isRefused('NotRegistered')
  })
})
