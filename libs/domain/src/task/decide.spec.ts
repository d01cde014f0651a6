import { describe, test } from 'vitest'
import { event, given, person } from '../../testing/given.ts'

const opened = event('TaskOpened')
const assigned = event('TaskAssigned')
const done = event('TaskDone')

test('a task is opened once', () => {
  given().when(opened).isAccepted()
  given(opened).when(opened).isRefused('AlreadyOpened', 'ContradictsRecord')
  given(opened, done).when(opened).isRefused('AlreadyOpened', 'ContradictsRecord')
})

describe('an open task', () => {
  test('is given to somebody, and to somebody else', () => {
    given().when(assigned).isRefused('NotOpened', 'ContradictsRecord')
    given(opened).when(assigned).isAccepted()
    given(opened, assigned).when(assigned).isRefused('NothingNew', 'ContradictsRecord')
    given(opened, assigned)
      .when(event('TaskAssigned', { assignee: person('ben').id }))
      .isAccepted()
    given(opened)
      .when(event('TaskAssigned', { assignee: 'model-risk' }))
      .isRefused('NothingNew', 'ContradictsRecord')
  })

  test('is over once', () => {
    given().when(done).isRefused('NotOpened', 'ContradictsRecord')
    given(opened).when(done).isAccepted()
    given(opened, done).when(done).isRefused('Closed', 'ContradictsRecord')
    given(opened, done).when(assigned).isRefused('Closed', 'ContradictsRecord')
  })
})
