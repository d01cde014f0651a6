import { eventType } from './event-types.ts'
import type { Role } from './roles.ts'

const NOBODY: readonly Role[] = []
const OBSERVERS: readonly Role[] = ['administrator', 'risk_manager', 'service']
const EVERYBODY_AT_WORK: readonly Role[] = ['administrator', 'risk_manager', 'approver', 'service']
const DECIDERS: readonly Role[] = ['administrator', 'risk_manager']
const APPROVERS: readonly Role[] = ['administrator', 'risk_manager', 'approver']
const ADMINISTRATORS: readonly Role[] = ['administrator']

const exceptions = new Map<string, readonly Role[]>([
  ['ApprovalRequested', EVERYBODY_AT_WORK],
  ['ApprovalGiven', APPROVERS],
  ['ApprovalRefused', APPROVERS],
  ['ApprovalWithdrawn', APPROVERS],
  ['IncidentReported', EVERYBODY_AT_WORK],
  ['DecisionReviewed', EVERYBODY_AT_WORK],
  ['TaskAssigned', EVERYBODY_AT_WORK],
  ['TaskDone', EVERYBODY_AT_WORK],
  ['TierChanged', ADMINISTRATORS],
  ['QuotaSet', ADMINISTRATORS],
])

/**
 * The roles that may record a type through `append`. Services observe and never decide; auditors and regulators only read; what
 * Annal records by itself nobody sends. Whoever may record a type may correct it.
 */
export function whoMayRecord(type: string): readonly Role[] {
  const known = eventType(type)
  if (known === undefined) return NOBODY
  switch (known.recordedBy) {
    case 'sender':
      return exceptions.get(type) ?? OBSERVERS
    case 'person':
      return exceptions.get(type) ?? DECIDERS
    case 'annal':
      return NOBODY
  }
}
