import type { Viewer } from './session-documents.ts'

type Role = Viewer['role']

const DECIDERS: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER']
const MANAGERS: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER']

/** What somebody may do in the workspace, as the API has it: what a role may not do is not offered. */
const ALLOWED = {
  'read-the-record': ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR'],
  approvals: DECIDERS,
  'report-incident': DECIDERS,
  'manage-incident': MANAGERS,
  'resolve-violation': MANAGERS,
  retire: MANAGERS,
  'answer-data-subjects': MANAGERS,
  redact: MANAGERS,
  'open-workspaces': ['ADMINISTRATOR'],
  'keep-packs': ['ADMINISTRATOR', 'RISK_MANAGER', 'AUDITOR'],
  'share-packs': MANAGERS,
} as const satisfies Readonly<Record<string, readonly Role[]>>

export function may(viewer: Viewer, action: keyof typeof ALLOWED): boolean {
  return ALLOWED[action].some((role) => viewer.roles.includes(role))
}
