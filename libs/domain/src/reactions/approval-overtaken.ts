import { approvedThings, evolveApprovals, type KnownApproval, noApprovals, type ThingApprovals } from '../approval/in-force.ts'
import type { MaterialChange } from '../approval/material-change.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import type { CausedEvent, Reaction } from './reaction.ts'

/** An approval ends when what was approved is no longer what it was. */
export const approvalOvertaken: Reaction<ThingApprovals> = {
  rule: 'approval-overtaken',
  description: 'What a granted approval was about changed materially: it is no longer in force.',
  clause: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj#art_43',
  follows: new Set([
    'ApprovalRequested',
    'ApprovalGranted',
    'ApprovalRefused',
    'ApprovalWithdrawn',
    'ApprovalLapsed',
    'ModelVersionRegistered',
    'SystemClassified',
    'SystemChanged',
    'EventCorrected',
  ]),
  begin: noApprovals,
  things: approvedThings,
  on: (event, before) => {
    const state = evolveApprovals(before, event)
    const already = new Set(before.approvals.filter((known) => overtakenBy(known, event) !== null).map(({ approval }) => approval))
    const followUps = state.approvals.flatMap((known) => {
      const change = already.has(known.approval) ? null : overtakenBy(known, event)
      return change === null ? [] : [lapse(known, change, event)]
    })
    return { state, followUps }
  },
}

/** The change that ended it, if it was granted and nothing else had ended it before this event. */
function overtakenBy(
  { grantedAt, expiresAt, withdrawnAt, change, lapsed }: KnownApproval,
  { recordedAt }: RecordedFact,
): MaterialChange | null {
  return grantedAt === null || withdrawnAt !== null || lapsed || expiresAt <= recordedAt ? null : change
}

function lapse({ approval, subject, systems }: KnownApproval, change: MaterialChange, event: RecordedFact): CausedEvent {
  return {
    type: 'ApprovalLapsed',
    data: { approval, subject, because: 'subject_changed', cause: change.event, ...(systems.length > 0 && { systems }) },
    occurredAt: event.occurredAt,
    causationId: referenceOf(event),
  }
}
