import type { Caller, Role } from '../identity/caller.ts'

const everybody: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR', 'SERVICE']
const readers: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR']
const deciders: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER']
const managers: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER']
/** Who may see every pack, and make them. The others see what is shared with them. */
export const packKeepers: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'AUDITOR']
const people: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR', 'REGULATOR']
const recorders: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'SERVICE']

/**
 * Who may ask for each root field. Closed by default: a field of the SDL without an entry, or an entry without a field, fails the start.
 * A regulator sees only the evidence packs that are shared with the role or the person.
 */
export const fieldRoles: Readonly<Record<string, readonly Role[]>> = {
  'Query.viewer': [...everybody, 'REGULATOR'],
  'Query.events': readers,
  'Query.event': readers,
  'Query.apiKeys': ['ADMINISTRATOR', 'AUDITOR'],
  'Query.eventTypes': everybody,
  'Query.ledger': everybody,
  'Query.overview': readers,
  'Query.systems': readers,
  'Query.system': readers,
  'Query.activity': readers,
  'Query.log': readers,
  'Query.treeHeads': readers,
  'Query.inclusionProof': readers,
  'Query.dataSubject': ['ADMINISTRATOR', 'RISK_MANAGER', 'AUDITOR'],
  'Query.erasures': ['ADMINISTRATOR', 'RISK_MANAGER', 'AUDITOR'],
  'Query.legalHolds': ['ADMINISTRATOR', 'RISK_MANAGER', 'AUDITOR'],
  'Query.packPreview': packKeepers,
  'Query.packs': packKeepers,
  'Query.pack': people,
  'Query.sharedPacks': people,
  'Query.webhooks': ['ADMINISTRATOR', 'AUDITOR'],
  'Query.deliveries': ['ADMINISTRATOR', 'AUDITOR'],
  'Query.models': readers,
  'Query.model': readers,
  'Query.datasets': readers,
  'Query.dataset': readers,
  'Query.approvals': readers,
  'Query.approval': readers,
  'Query.incidents': readers,
  'Query.incident': readers,
  'Query.violations': readers,
  'Query.people': readers,
  'Query.person': readers,
  'Query.invitations': ['ADMINISTRATOR'],
  'Query.sessions': readers,
  'Query.myWorkspaces': readers,
  'Mutation.append': recorders,
  'Mutation.subjectFor': ['SERVICE'],
  'Mutation.issueApiKey': ['ADMINISTRATOR'],
  'Mutation.revokeApiKey': ['ADMINISTRATOR'],
  'Mutation.configureWebhook': ['ADMINISTRATOR'],
  'Mutation.replayDelivery': ['ADMINISTRATOR'],
  'Mutation.invitePerson': ['ADMINISTRATOR'],
  'Mutation.revokeInvitation': ['ADMINISTRATOR'],
  'Mutation.issueSignInLink': ['ADMINISTRATOR'],
  'Mutation.grantRole': ['ADMINISTRATOR'],
  'Mutation.revokeRole': ['ADMINISTRATOR'],
  'Mutation.deactivatePerson': ['ADMINISTRATOR'],
  'Mutation.openWorkspace': ['ADMINISTRATOR'],
  'Mutation.setProfile': readers,
  'Mutation.endSession': readers,
  'Mutation.requestApproval': deciders,
  'Mutation.approve': deciders,
  'Mutation.refuse': deciders,
  'Mutation.withdrawApproval': deciders,
  'Mutation.reportIncident': deciders,
  'Mutation.triageIncident': managers,
  'Mutation.implicateSystem': managers,
  'Mutation.clearSystem': managers,
  'Mutation.recordContainment': managers,
  'Mutation.recordCorrectiveAction': managers,
  'Mutation.notifyAuthority': managers,
  'Mutation.closeIncident': managers,
  'Mutation.resolveViolation': managers,
  'Mutation.retireSystem': managers,
  'Mutation.retireModel': managers,
  'Mutation.continueLog': ['ADMINISTRATOR'],
  'Mutation.requestErasure': managers,
  'Mutation.refuseErasure': managers,
  'Mutation.eraseSubject': managers,
  'Mutation.redactField': managers,
  'Mutation.placeLegalHold': managers,
  'Mutation.releaseLegalHold': managers,
  'Mutation.exportPack': packKeepers,
  'Mutation.sharePack': ['ADMINISTRATOR', 'RISK_MANAGER'],
  'Mutation.revokePackShare': ['ADMINISTRATOR', 'RISK_MANAGER'],
  'Subscription.eventAppended': readers,
  'Subscription.logAdvanced': readers,
  'Subscription.packProgress': packKeepers,
}

/** For routes that answer what a root field answers. */
export function mayUse(field: keyof typeof fieldRoles, { roles }: Caller): boolean {
  return roles.some((role) => fieldRoles[field]?.includes(role))
}
