export { isAppendable } from './appendable.ts'
export {
  approvalInForce,
  approvedThings,
  evolveApprovals,
  isInForce,
  type KnownApproval,
  noApprovals,
  type ThingApprovals,
} from './approval/in-force.ts'
export { correctedFact } from './correction/corrected-fact.ts'
export { type CorrectedEvent, type CorrectionOutcome, decideCorrection } from './correction/decide.ts'
export { isCorrectable } from './correction/is-correctable.ts'
export { dataSubjectOf } from './data-subject-of.ts'
export { isUnder, type RetentionRule, typesUnder } from './dataset/retention-rule.ts'
export type { Actor, Decision, DecisionContext, DecisionRefusal, FollowUp, PastEvent, RefusalReason } from './decider.ts'
export { consultsState, decide, evolve, type GuardedStream, initialState, type StreamState } from './deciders.ts'
export { eventOfInput, type InputOutcome, memberName } from './event-of-input.ts'
export * from './event-type.ts'
export { type EventTypeName, eventType, eventTypes, type Observations } from './event-types.ts'
export { evidenceOf } from './evidence-of.ts'
export { foreignEvent } from './foreign-event.ts'
export { clockInstant } from './incident/clock-instant.ts'
export { parseEvent } from './parse-event.ts'
export { type GoverningClock, governingClocks } from './reactions/governing-clocks.ts'
export { seriousCategories } from './reactions/incident-clocks.ts'
export { dayOf, endOfDay } from './reactions/legal-time.ts'
export type { Alarm, CausedEvent, Expiry, Step } from './reactions/reaction.ts'
export { type AnyReaction, reactions } from './reactions/reactions.ts'
export {
  defaultSettings,
  evolveSettings,
  settingsFollow,
  settingsOf,
  type WorkspaceSettings,
} from './reactions/workspace-settings.ts'
export { type RecordedFact, referenceOf } from './recorded-fact.ts'
export { type Role, roles } from './roles.ts'
export { normaliseInstant } from './schema/normalise-instant.ts'
export { type Destroyed, evolveLegalHolds, holdsCovering, type LegalHold } from './subject/legal-holds.ts'
export { summarise } from './summary.ts'
export { whoMayRecord } from './who-may-record.ts'
