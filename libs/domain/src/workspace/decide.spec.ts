import { describe, expect, test } from 'vitest'
import { event, fold, given, person } from '../../testing/given.ts'

const anna = person('anna')
const AFTER = '2026-06-01T00:00:00.000Z'
const granted = (who: string, role: string, until?: string) => event('RoleGranted', { person: `per_${who}`, role, until }, anna)
const revoked = (who: string, role: string) => event('RoleRevoked', { person: `per_${who}`, role }, anna)

describe('a role', () => {
  test('is granted once, and again after it was taken', () => {
    given().when(granted('ben', 'approver')).isAccepted()
    given(granted('ben', 'approver')).when(granted('ben', 'approver')).isRefused('AlreadyGranted')
    given(granted('ben', 'approver')).when(granted('ben', 'auditor')).isAccepted()
    given(granted('ben', 'approver'), revoked('ben', 'approver')).when(granted('ben', 'approver')).isAccepted()
  })

  test('may have an end, from which on it is not held', () => {
    const short = granted('ben', 'approver', '2026-05-01T00:00:00.000Z')
    given(short).when(short).isRefused('AlreadyGranted')
    given(short).when(granted('ben', 'approver')).isAccepted()
    given(short).when(granted('ben', 'approver'), AFTER).isAccepted()
    given().when(short, AFTER).isRefused('InThePast')
  })

  test('of a service is for keys', () => given().when(granted('ben', 'service')).isRefused('NotAPerson'))

  test('is taken from who has it', () => {
    given(granted('ben', 'approver')).when(revoked('ben', 'approver')).isAccepted()
    given(granted('ben', 'approver')).when(revoked('ben', 'auditor')).isRefused('NotGranted')
    given().when(revoked('ben', 'approver')).isRefused('NotGranted')
  })
})

describe('the last administrator', () => {
  const both = [granted('anna', 'administrator'), granted('ben', 'administrator')]

  test('stays', () => {
    given(granted('anna', 'administrator')).when(revoked('anna', 'administrator')).isRefused('LastAdministrator')
    given(...both, revoked('ben', 'administrator'))
      .when(revoked('anna', 'administrator'))
      .isRefused('LastAdministrator')
  })

  test('is not he beside whom there is another', () =>
    given(...both)
      .when(revoked('anna', 'administrator'))
      .isAccepted())

  test('is not replaced by one whose role ends, nor given an end', () => {
    const short = granted('ben', 'administrator', AFTER)
    given(granted('anna', 'administrator'), short).when(revoked('anna', 'administrator')).isRefused('LastAdministrator')
    given(granted('anna', 'administrator'), short).when(revoked('ben', 'administrator')).isAccepted()
    given(granted('anna', 'administrator'))
      .when(granted('anna', 'administrator', AFTER))
      .isRefused('LastAdministrator')
  })
})

describe('a workspace', () => {
  test('is opened once', () => {
    given().when(event('WorkspaceOpened')).isAccepted()
    given(event('WorkspaceOpened')).when(event('WorkspaceOpened')).isRefused('AlreadyOpened', 'ContradictsRecord')
  })

  test('issues and revokes each key once', () => {
    const [issued, ended] = [event('ApiKeyIssued'), event('ApiKeyRevoked')]
    given().when(issued).isAccepted()
    given(issued).when(issued).isRefused('NothingNew')
    given(issued).when(ended).isAccepted()
    given(issued, ended).when(ended).isRefused('NothingNew')
    expect(fold([ended, issued], 'workspace')).toMatchObject({ keys: new Map([['svc_scoring', 'revoked']]) })
  })
})
