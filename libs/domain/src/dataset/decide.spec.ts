import { describe, expect, test } from 'vitest'
import { event, given, person, service } from '../../testing/given.ts'

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

describe('a rule by which payloads of this record expire', () => {
  const anna = person('anna')
  const rule = (changes: Record<string, unknown>, by = anna) => event('RetentionSet', { expires: ['DecisionReviewed'], ...changes }, by)

  test('is decided by a person; what is kept elsewhere is observed', () => {
    given().when(rule({})).isAccepted()
    given().when(rule({}, service)).isRefused('NotAPerson', 'DecisionNeedsAPerson')
    given()
      .when(rule({ expires: undefined, keep: 'P1D' }, service))
      .isAccepted()
  })

  test('never lets logs of a system go before six months, and says where that stands', () => {
    const short = given().when(rule({ expires: ['DecisionReviewed', 'DecisionMade'], keep: 'P5M' }))
    short.isRefused('RetentionTooShort')
    expect(short.decision).toMatchObject({ message: expect.stringContaining('Art. 19(1) and 26(6)') })
    given()
      .when(rule({ expires: ['DecisionMade'], keep: 'P6M' }))
      .isAccepted()
    given()
      .when(rule({ keep: 'P5M' }))
      .isAccepted()
  })

  test.each(['DatasetVersioned', 'SubjectErased', 'Nonsense'])('names types that have encrypted fields, and not %s', (type) =>
    given()
      .when(rule({ expires: [type] }))
      .isRefused('NothingExpires'),
  )

  test.each([{ from: 'last_use' }, { afterwards: 'archive' }])('deletes, counted from the recording: not %o', (changes) =>
    expect(() => rule(changes)).toThrow(/expected `from: creation` and `afterwards: delete`/),
  )
})
