import type { RefusalReason } from '@annal/domain'
import type { RefusalCode as LedgerRefusalCode, Receipt } from '@annal/ledger'

export type RefusalCode =
  | LedgerRefusalCode
  | 'TooManyReferences'
  | 'InvalidEvent'
  | 'OccurredInTheFuture'
  | 'ContradictsRecord'
  | 'DecisionNeedsAPerson'
  | 'NotAllowed'
  | 'DecisionRefused'

/** Why an event was not recorded. */
export interface Refusal {
  readonly status: 'refused'
  readonly id: string
  readonly code: RefusalCode
  readonly message: string
  /** A JSON Pointer into the event's data, when it is about one field. */
  readonly path: string | null
  /** The rule by which a decider refused it. */
  readonly reason?: RefusalReason
}

export type AppendOutcome = Receipt | Refusal

export function refusal(id: string, code: RefusalCode, message: string, path: string | null = null): Refusal {
  return { status: 'refused', id, code, message, path }
}
