import { describe, expect, test } from 'vitest'
import { event, fold, given, person, service } from '../../testing/given.ts'

const asker = person('asker')
const [anna, ben, cleo] = [person('anna'), person('ben'), person('cleo')]
const terms = { approvers: [anna.id, ben.id, cleo.id], quorum: 2, requester: undefined, expiresAt: '2026-03-31T22:00:00.000Z' }
const requested = event('ApprovalRequested', terms, asker)
const gives = (who: typeof anna) => event('ApprovalGiven', {}, who)
const grantedData = {
  approval: 'cs-release-7',
  subject: 'model:cs@7',
  subjectVersion: 12,
  approvers: [anna.id, ben.id],
  expiresAt: terms.expiresAt,
  gate: 'release',
  systems: ['credit-scoring'],
}
const granted = event('ApprovalGranted', grantedData)

describe('asking for approval', () => {
  test('is taken once', () => {
    given().when(requested).isAccepted()
    given(requested)
      .when(event('ApprovalRequested', terms, anna))
      .isRefused('AlreadyRequested', 'ContradictsRecord')
  })

  test('of whom too few may approve is refused: nobody approves their own request', () => {
    given()
      .when(event('ApprovalRequested', { ...terms, quorum: 3 }, anna))
      .isRefused('QuorumUnreachable')
    given()
      .when(event('ApprovalRequested', { ...terms, quorum: 3, requester: ben.id }, service))
      .isRefused('QuorumUnreachable')
    given()
      .when(event('ApprovalRequested', { ...terms, quorum: 3 }, service))
      .isAccepted()
  })
})

describe('approving', () => {
  test('below the quorum leaves it pending', () => given(requested).when(gives(anna)).isAccepted())

  test('with the last vote of the quorum grants it', () =>
    given(requested, gives(anna)).when(gives(ben)).isAccepted({ type: 'ApprovalGranted', data: grantedData }))

  test('needs a request', () => given().when(gives(anna)).isRefused('NotRequested'))

  test('is not for the one who asked, nor for the one on whose behalf a service asks', () => {
    given(event('ApprovalRequested', { ...terms, approvers: [asker.id, anna.id, ben.id] }, asker))
      .when(gives(asker))
      .isRefused('OwnRequest')
    given(event('ApprovalRequested', { ...terms, requester: cleo.id }, service))
      .when(gives(cleo))
      .isRefused('OwnRequest')
  })

  test('is for those who are named', () =>
    given(requested)
      .when(gives(person('dora')))
      .isRefused('NotNamed'))

  test('is never for a service', () =>
    given(requested)
      .when(event('ApprovalGiven', {}, service))
      .isRefused('NotAPerson', 'DecisionNeedsAPerson'))

  test('counts once', () => given(requested, gives(anna)).when(gives(anna)).isRefused('AlreadyDecided'))

  test('ends with the expiry, to the millisecond', () => {
    given(requested).when(gives(anna), '2026-03-31T21:59:59.999Z').isAccepted()
    given(requested).when(gives(anna), '2026-03-31T22:00:00.000Z').isRefused('Expired')
  })

  test('is for what was asked for', () =>
    given(requested)
      .when(event('ApprovalGiven', { subject: 'model:cs@8' }, anna))
      .isRefused('OtherSubject'))

  test.each(['ApprovalGranted', 'ApprovalRefused', 'ApprovalWithdrawn', 'ApprovalLapsed'])('is over after %s', (end) =>
    given(requested, event(end, {}, cleo))
      .when(gives(anna))
      .isRefused('NotPending'),
  )
})

describe('refusing', () => {
  test('ends the request', () => {
    given(requested)
      .when(event('ApprovalRefused', {}, anna))
      .isAccepted()
    expect(fold([requested, event('ApprovalRefused', {}, anna)], 'approval')).toMatchObject({ status: 'refused' })
  })

  test('is for those who may approve and have not', () => {
    given(requested)
      .when(event('ApprovalRefused', {}, asker))
      .isRefused('OwnRequest')
    given(requested, gives(anna))
      .when(event('ApprovalRefused', {}, anna))
      .isRefused('AlreadyDecided')
  })
})

describe('withdrawing', () => {
  test('is for the requester and the named approvers, while pending and when granted', () => {
    given(requested)
      .when(event('ApprovalWithdrawn', {}, asker))
      .isAccepted()
    given(requested, gives(anna), gives(ben), granted)
      .when(event('ApprovalWithdrawn', {}, ben))
      .isAccepted()
    given(requested)
      .when(event('ApprovalWithdrawn', {}, person('dora')))
      .isRefused('NotNamed')
  })

  test('is idle when it is over', () => {
    given(requested, event('ApprovalRefused', {}, anna))
      .when(event('ApprovalWithdrawn', {}, asker))
      .isRefused('NotPending')
    given(requested)
      .when(event('ApprovalWithdrawn', {}, asker), '2026-04-01T00:00:00.000Z')
      .isRefused('Expired')
    given(requested)
      .when(event('ApprovalWithdrawn', { subject: 'model:cs@8' }, asker))
      .isRefused('OtherSubject')
  })
})

describe('what the ledger records by itself', () => {
  test('a grant needs the quorum', () => {
    given(requested, gives(anna)).when(granted).isRefused('NotPending')
    given(requested, gives(anna), gives(ben)).when(granted).isAccepted()
  })

  test('only a granted approval lapses, and once', () => {
    given(requested, granted).when(event('ApprovalLapsed')).isAccepted()
    given(requested, granted, event('ApprovalLapsed')).when(event('ApprovalLapsed')).isRefused('NothingNew')
  })

  test('nothing expires early', () => {
    const expired = event('ApprovalLapsed', { because: 'expired', cause: undefined })
    given(requested, granted).when(expired, '2026-03-31T21:59:59.999Z').isRefused('NotExpired')
    given(requested, granted).when(expired, '2026-03-31T22:00:00.000Z').isAccepted()
  })

  test('a grant is known even where its request is not', () => {
    expect(fold([granted], 'approval')).toMatchObject({ status: 'granted', request: { subject: 'model:cs@7', requesters: [] } })
  })
})
