import { test } from 'vitest'
import { event, given } from '../../testing/given.ts'

const registered = event('DatasetRegistered')
const version = (name: string) => event('DatasetVersioned', { version: name })

test('a dataset is registered once', () => {
  given().when(registered).isAccepted()
  given(version('1')).when(registered).isAccepted()
  given(registered).when(registered).isRefused('AlreadyRegistered', 'ContradictsRecord')
})

test('a version is made once, an index being a version too', () => {
  given(registered, version('1')).when(version('2')).isAccepted()
  given(registered, version('1')).when(version('1')).isRefused('VersionTaken', 'ContradictsRecord')
  given(registered, version('14'))
    .when(event('IndexBuilt', { version: '14' }))
    .isRefused('VersionTaken', 'ContradictsRecord')
})

test('all else is taken as it comes', () =>
  given()
    .when(event('DataQualityMeasured', { passed: false }))
    .isAccepted())
