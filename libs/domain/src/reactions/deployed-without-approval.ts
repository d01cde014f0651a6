import { approvalInForce, approvedThings, evolveApprovals, noApprovals, type ThingApprovals } from '../approval/in-force.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import { isProduction } from './production-environments.ts'
import type { CausedEvent, Reaction } from './reaction.ts'

const RULE = 'deployed-without-approval'

/** A model version that goes to production needs an approval of exactly this version, in force when it was deployed. */
export const deployedWithoutApproval: Reaction<ThingApprovals> = {
  rule: RULE,
  description: 'A model version was deployed to production without an approval in force for exactly that version.',
  clause: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj#art_17',
  follows: new Set([
    'VersionDeployed',
    'ApprovalRequested',
    'ApprovalGranted',
    'ApprovalRefused',
    'ApprovalWithdrawn',
    'ModelVersionRegistered',
    'EventCorrected',
  ]),
  begin: noApprovals,
  things: (event) =>
    event.type === 'VersionDeployed' ? [deployedVersion(event)] : approvedThings(event).filter((thing) => /^model:.+@/.test(thing)),
  on: (event, state) => {
    if (event.type !== 'VersionDeployed') return { state: evolveApprovals(state, event) }
    const isViolation = isProduction(String(event.data.environment)) && approvalInForce(state, event.occurredAt) === null
    return { state, followUps: isViolation ? [violation(event)] : [] }
  },
}

function deployedVersion({ data }: RecordedFact): string {
  return `model:${data.model}@${data.version}`
}

function violation(event: RecordedFact): CausedEvent {
  const { systems } = event.data
  return {
    type: 'ViolationRecorded',
    data: {
      violation: `${RULE}-${event.id}`,
      rule: RULE,
      subject: deployedVersion(event),
      event: referenceOf(event),
      ...(Array.isArray(systems) && { systems }),
    },
    occurredAt: event.occurredAt,
    causationId: referenceOf(event),
  }
}
