import { test } from 'vitest'
import { event, given, person } from '../../testing/given.ts'

const anna = person('anna')
const adopt = (version: string, changes: Record<string, unknown> = {}) => event('CatalogueAdopted', { version, ...changes }, anna)

test('a catalogue version is adopted, and not again while it is in use', () => {
  given().when(adopt('2024')).isAccepted()
  given(adopt('2024')).when(adopt('2024')).isRefused('NothingNew')
  given(adopt('2024'))
    .when(adopt('2024', { effectiveOn: '2027-01-01' }))
    .isAccepted()
})

test('an earlier version may be adopted again', () => given(adopt('2024'), adopt('2026')).when(adopt('2024')).isAccepted())

test('a version is one text for good', () =>
  given(adopt('2024'))
    .when(adopt('2024', { sha256: '0'.repeat(64) }))
    .isRefused('VersionTaken'))
