import type { EventType } from './event-type.ts'

export interface Actor {
  readonly kind: 'person' | 'service'
  readonly id: string
}

/**
 * An event that stands in a stream, as a fold reads it. `data` is as stored or as opened: folds read only fields that are stored in
 * plain text, so that an erasure never changes what is decided.
 */
export interface PastEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly actor: Actor
}

export interface DecisionContext {
  readonly actor: Actor
  /** The instant of the decision, from the server's clock. */
  readonly at: string
  /** Legal holds in other streams that cover what the decision would destroy (`holdsCovering`). */
  readonly holds?: readonly string[]
}

export interface FollowUp {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** `ContradictsRecord` is said to observations, `DecisionRefused` to whoever asks for a decision; `reason` names the rule. */
export interface DecisionRefusal {
  readonly status: 'refused'
  readonly code: 'ContradictsRecord' | 'DecisionRefused' | 'DecisionNeedsAPerson'
  readonly reason: RefusalReason
  readonly message: string
}

export type Decision = { readonly status: 'accepted'; readonly followUps: readonly FollowUp[] } | DecisionRefusal

export type RefusalReason =
  | 'AlreadyRegistered'
  | 'VersionTaken'
  | 'NotRegistered'
  | 'UnknownVersion'
  | 'Retired'
  | 'NothingNew'
  | 'InThePast'
  | 'ReplacedByItself'
  | 'AlreadyRequested'
  | 'NotRequested'
  | 'QuorumUnreachable'
  | 'NotPending'
  | 'OtherSubject'
  | 'Expired'
  | 'OwnRequest'
  | 'NotNamed'
  | 'AlreadyDecided'
  | 'AlreadyReported'
  | 'NotReported'
  | 'NotImplicated'
  | 'Closed'
  | 'SystemsOpen'
  | 'AlreadyMade'
  | 'AlreadyAdopted'
  | 'NotAdopted'
  | 'AlreadyRecorded'
  | 'NotRecorded'
  | 'AlreadyResolved'
  | 'AlreadyOpened'
  | 'NotOpened'
  | 'AlreadyErased'
  | 'AlreadyPlaced'
  | 'NotPlaced'
  | 'UnderHold'
  | 'NotExpired'
  | 'RetentionTooShort'
  | 'NothingExpires'
  | 'NotAPerson'
  | 'AlreadyOpened'
  | 'AlreadyGranted'
  | 'NotGranted'
  | 'LastAdministrator'
  | 'Deactivated'

/** The events of a stream as commands and as facts: a union of `{type, data}`, one for each type of the list. */
export type EventOf<Types extends readonly EventType[]> = {
  [Index in keyof Types]: Types[Index] extends EventType<infer Name, infer Data> ? { readonly type: Name; readonly data: Data } : never
}[number]

export const ACCEPTED: Decision = { status: 'accepted', followUps: [] }

export function contradicts(reason: RefusalReason, message: string): DecisionRefusal {
  return { status: 'refused', code: 'ContradictsRecord', reason, message }
}

export function refuses(reason: RefusalReason, message: string): DecisionRefusal {
  return { status: 'refused', code: 'DecisionRefused', reason, message }
}

/** A copy with one entry set; states are values. */
export function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value)
}
