import { describe, expect, test } from 'vitest'
import { event, fold, given, person } from '../../testing/given.ts'

const anna = person('anna')
const reported = event('IncidentReported', { systems: ['scoring', 'limits'] })
const on = (type: string, system: string) => event(type, { system })
const triaged = event('IncidentTriaged', {}, anna)
const closed = event('IncidentClosed', { systems: undefined }, anna)
const settled = [on('CorrectiveActionDone', 'scoring'), on('SystemCleared', 'limits')]

test('an incident is reported once', () => {
  given().when(reported).isAccepted()
  given(reported).when(reported).isRefused('AlreadyReported', 'ContradictsRecord')
})

describe('triage', () => {
  test('needs a reported incident, and is said again only when it differs', () => {
    given().when(triaged).isRefused('NotReported')
    given(reported).when(triaged).isAccepted()
    given(reported, triaged).when(triaged).isRefused('NothingNew')
    given(reported, triaged)
      .when(event('IncidentTriaged', { severity: 'critical' }, anna))
      .isAccepted()
    given(reported, ...settled, closed)
      .when(triaged)
      .isRefused('Closed')
  })
})

describe('systems', () => {
  test('may be implicated at any time, for that is bad news', () => {
    given().when(on('SystemImplicated', 'cards')).isAccepted()
    given(reported, ...settled, closed)
      .when(on('SystemImplicated', 'cards'))
      .isAccepted()
    expect(fold([reported, ...settled, closed, on('SystemImplicated', 'cards')], 'incident')).toMatchObject({ status: 'open' })
  })

  test('are cleared only if they were implicated', () => {
    given(reported).when(on('SystemCleared', 'limits')).isAccepted()
    given(reported).when(on('SystemCleared', 'cards')).isRefused('NotImplicated', 'ContradictsRecord')
    given(reported, on('SystemImplicated', 'cards')).when(on('SystemCleared', 'cards')).isAccepted()
  })

  test('containment does not undo a correction', () => {
    given(reported, ...settled, on('ContainmentDone', 'scoring'))
      .when(closed)
      .isAccepted()
  })
})

describe('closing', () => {
  test('is refused while a system is open or only contained', () => {
    given(reported).when(closed).isRefused('SystemsOpen')
    given(reported, on('ContainmentDone', 'scoring'), on('SystemCleared', 'limits')).when(closed).isRefused('SystemsOpen')
    const { decision } = given(reported, on('SystemCleared', 'limits')).when(closed)
    expect(decision).toMatchObject({ message: expect.stringContaining('scoring') })
  })

  test('is accepted when all are corrected or cleared, once', () => {
    given(reported, ...settled)
      .when(closed)
      .isAccepted()
    given(reported, ...settled, closed)
      .when(closed)
      .isRefused('Closed')
    given(...settled)
      .when(closed)
      .isRefused('NotReported')
  })

  test('is refused again for a system that was implicated afterwards', () => {
    given(reported, ...settled, closed, on('SystemImplicated', 'cards'))
      .when(closed)
      .isRefused('SystemsOpen')
  })
})
