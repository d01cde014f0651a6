import type { EventOf } from '../decider.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import type { approvalEvents } from './events.ts'
import { type MaterialChange, materialChange, thingsChangedBy } from './material-change.ts'

/** One approval as the events of its stream and of its subject's stream tell of it. */
export interface KnownApproval {
  readonly approval: string
  /** The thing and its version: `model:cs@7`. */
  readonly subject: string
  /** Up to which version of the thing's stream it was asked for. */
  readonly subjectVersion: number
  /** Of the grant: from when on it is in force; null while it is pending. */
  readonly grantedAt: string | null
  /** The reference of the grant. */
  readonly grant: string | null
  readonly expiresAt: string
  readonly withdrawnAt: string | null
  /** The first material change of the thing behind `subjectVersion`. */
  readonly change: MaterialChange | null
  /** Whether that it is no longer in force was reported. */
  readonly lapsed: boolean
  readonly systems: readonly string[]
}

/** All approvals of one thing, oldest first, and its last material change. Plain values: they can be stored as JSON. */
export interface ThingApprovals {
  readonly lastChange: MaterialChange | null
  readonly approvals: readonly KnownApproval[]
}

export const noApprovals: ThingApprovals = { lastChange: null, approvals: [] }

/** As many approvals of one thing are kept; of more, the oldest go first that can't be in force any more. */
const MOST_APPROVALS = 100

/**
 * Whether the approval is in force at an instant: granted, not expired, not withdrawn, and its thing not changed materially since the
 * stream version that it refers to. What was not yet so at that instant doesn't count.
 */
export function isInForce({ grantedAt, expiresAt, withdrawnAt, change }: KnownApproval, at: string): boolean {
  const hadBegun = grantedAt !== null && grantedAt <= at
  const wasWithdrawn = withdrawnAt !== null && withdrawnAt <= at
  const wasOvertaken = change !== null && change.occurredAt <= at
  return hadBegun && at < expiresAt && !wasWithdrawn && !wasOvertaken
}

/** The approval in force for exactly this thing and version, or null. */
export function approvalInForce({ approvals }: ThingApprovals, at: string): KnownApproval | null {
  return approvals.find((known) => isInForce(known, at)) ?? null
}

/** The things whose approvals an event bears on, as keys of `ThingApprovals`. */
export function approvedThings(event: Pick<RecordedFact, 'type' | 'data' | 'stream'>): readonly string[] {
  return isApprovalEvent(event) ? [event.data.subject] : thingsChangedBy(event)
}

/**
 * One event later, for one of the things that `approvedThings` names. Total over any subset of the record: a grant is known without its
 * request. A change that was recorded after the request counts even where the request claims to know a later stream version.
 */
export function evolveApprovals(state: ThingApprovals, event: RecordedFact): ThingApprovals {
  return isApprovalEvent(event) ? evolveApproval(state, event) : changed(state, materialChange(event))
}

type ApprovalFact = RecordedFact & EventOf<typeof approvalEvents>

function isApprovalEvent(event: Pick<RecordedFact, 'type' | 'data' | 'stream'>): event is ApprovalFact {
  return event.type.startsWith('Approval') && typeof event.data.subject === 'string'
}

function evolveApproval(state: ThingApprovals, event: ApprovalFact): ThingApprovals {
  switch (event.type) {
    case 'ApprovalRequested':
      return requested(state, event)
    case 'ApprovalGranted':
      return update(requested(state, event), event.data.approval, () => ({ grantedAt: event.occurredAt, grant: referenceOf(event) }))
    case 'ApprovalWithdrawn':
    case 'ApprovalRefused':
      return update(state, event.data.approval, ({ withdrawnAt }) => ({ withdrawnAt: withdrawnAt ?? event.occurredAt }))
    case 'ApprovalLapsed':
      return update(state, event.data.approval, () => ({ lapsed: true }))
    case 'ApprovalGiven':
      return state
  }
}

function requested(state: ThingApprovals, event: Extract<ApprovalFact, { type: 'ApprovalRequested' | 'ApprovalGranted' }>): ThingApprovals {
  const { approval, subject, subjectVersion, expiresAt, systems = [] } = event.data
  if (state.approvals.some((known) => known.approval === approval)) return state
  const { lastChange } = state
  const overtaken = lastChange !== null && lastChange.streamVersion > subjectVersion
  // It was changed before it was asked for, whenever the sender says that this was.
  const change = overtaken ? { ...lastChange, occurredAt: earlier(lastChange.occurredAt, event.occurredAt) } : null
  const known = { approval, subject, subjectVersion, expiresAt, change, systems }
  const added = [...state.approvals, { ...known, grantedAt: null, grant: null, withdrawnAt: null, lapsed: false }]
  return { ...state, approvals: bounded(added, event.recordedAt) }
}

function changed({ lastChange, approvals }: ThingApprovals, change: MaterialChange): ThingApprovals {
  return {
    lastChange: lastChange !== null && lastChange.streamVersion > change.streamVersion ? lastChange : change,
    approvals: approvals.map((known) => ({ ...known, change: earliest(known.change, change) })),
  }
}

function update(state: ThingApprovals, approval: string, changes: (known: KnownApproval) => Partial<KnownApproval>): ThingApprovals {
  return { ...state, approvals: state.approvals.map((known) => (known.approval === approval ? { ...known, ...changes(known) } : known)) }
}

function bounded(approvals: readonly KnownApproval[], now: string): readonly KnownApproval[] {
  if (approvals.length <= MOST_APPROVALS) return approvals
  const over = approvals.findIndex(({ expiresAt, withdrawnAt, change }) => expiresAt <= now || withdrawnAt !== null || change !== null)
  return approvals.toSpliced(over === -1 ? 0 : over, 1)
}

function earliest(known: MaterialChange | null, change: MaterialChange): MaterialChange {
  return known === null || change.occurredAt < known.occurredAt ? change : known
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}
