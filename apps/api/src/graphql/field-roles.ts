import type { Role } from '../identity/caller.ts'

const everybody: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR', 'SERVICE']
const readers: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR']
const recorders: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'SERVICE']

/**
 * Who may ask for each root field. Closed by default: a field of the SDL without an entry, or an entry without a field, fails the start.
 * A regulator's access comes with the evidence packs; until then the role opens nothing.
 */
export const fieldRoles: Readonly<Record<string, readonly Role[]>> = {
  'Query.viewer': everybody,
  'Query.events': readers,
  'Query.event': readers,
  'Query.apiKeys': ['ADMINISTRATOR', 'AUDITOR'],
  'Query.eventTypes': everybody,
  'Query.ledger': everybody,
  'Mutation.append': recorders,
  'Mutation.subjectFor': ['SERVICE'],
  'Mutation.issueApiKey': ['ADMINISTRATOR'],
  'Mutation.revokeApiKey': ['ADMINISTRATOR'],
  'Subscription.eventAppended': readers,
}
