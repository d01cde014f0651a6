import { test } from 'vitest'
import { event, given } from '../../testing/given.ts'

const trained = event('TrainingCompleted')
const reached = event('CompetencyReached')

test('a course is completed once a day by each person', () => {
  given().when(trained).isAccepted()
  given(trained).when(trained).isRefused('AlreadyRecorded', 'ContradictsRecord')
  given(trained)
    .when(event('TrainingCompleted', { completedOn: '2027-02-17' }))
    .isAccepted()
  given(trained)
    .when(event('TrainingCompleted', { person: 'per_91bd07' }))
    .isAccepted()
  given(event('TrainingCompleted', { completedOn: undefined }))
    .when(event('TrainingCompleted', { completedOn: undefined }))
    .isAccepted()
})

test('a level of a milestone is reached once by each person', () => {
  given().when(reached).isAccepted()
  given(reached).when(reached).isRefused('AlreadyRecorded', 'ContradictsRecord')
  given(reached)
    .when(event('CompetencyReached', { level: 'expert' }))
    .isAccepted()
})

test.each(['GuildSessionHeld', 'TransparencyNoticePublished', 'SupplierAssessed', 'DataProtectionImpactAssessed'])(
  '%s is taken as it comes',
  (type) => given(event(type)).when(event(type)).isAccepted(),
)
