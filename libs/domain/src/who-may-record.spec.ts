import { expect, test } from 'vitest'
import { isAppendable } from './appendable.ts'
import { eventTypes } from './event-types.ts'
import { whoMayRecord } from './who-may-record.ts'

test('auditors and regulators record nothing; services never decide', () => {
  for (const type of eventTypes) {
    const roles = whoMayRecord(type.name)
    expect(roles).not.toContain('auditor')
    expect(roles).not.toContain('regulator')
    if (type.decision) expect(roles).not.toContain('service')
    if (type.recordedBy === 'annal') expect(roles).toEqual([])
    if (isAppendable(type)) expect(roles).toContain('administrator')
  }
})

test('who does what', () => {
  expect(whoMayRecord('DriftDetected')).toContain('service')
  expect(whoMayRecord('ApprovalGiven')).toEqual(['administrator', 'risk_manager', 'approver'])
  expect(whoMayRecord('QuotaSet')).toEqual(['administrator'])
  expect(whoMayRecord('NoSuchEvent')).toEqual([])
})
