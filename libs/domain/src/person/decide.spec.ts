import { describe, test } from 'vitest'
import { event, given, person } from '../../testing/given.ts'

const administrator = person('anna')
const deactivated = event('PersonDeactivated', {}, administrator)

describe('a person', () => {
  test.each(['PersonInvited', 'PersonProfileSet', 'SignedIn', 'PersonDeactivated'])('may come with %s first', (type) =>
    given()
      .when(event(type, {}, administrator))
      .isAccepted(),
  )

  test('is deactivated once', () => given(deactivated).when(deactivated).isRefused('Deactivated', 'ContradictsRecord'))

  test.each(['PersonInvited', 'PersonProfileSet', 'SignedIn'])('meets no %s after that', (type) =>
    given(event('SignedIn'), deactivated)
      .when(event(type, {}, administrator))
      .isRefused('Deactivated', 'ContradictsRecord'),
  )

  test('may be refused at the door at any time', () => given(deactivated).when(event('SignInRefused')).isAccepted())
})
