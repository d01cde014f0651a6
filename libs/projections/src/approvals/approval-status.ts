import { type Expression, type SqlBool, sql } from 'kysely'
import type { ApprovalTables } from './approval-tables.ts'

/** EXPIRED: nobody decided in time. LAPSED: it was granted, and is no longer in force. */
export type ApprovalStatus = 'PENDING' | 'GRANTED' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED' | 'LAPSED'

type Row = ApprovalTables['approval']

/** At an instant in milliseconds since 1970; `isInForce` of the domain on what the row has of it. */
export function statusAt({ status, expires, changed }: Row, now: number): ApprovalStatus {
  switch (status) {
    case 'PENDING':
      return now < expires ? 'PENDING' : 'EXPIRED'
    case 'GRANTED':
      return now < expires && (changed === null || now < changed) ? 'GRANTED' : 'LAPSED'
    case 'REFUSED':
    case 'WITHDRAWN':
      return status
  }
}

/** The same as a condition. */
export function hasStatus(wanted: readonly ApprovalStatus[], now: number): Expression<SqlBool> {
  const status = sql`case
    when status = 'PENDING' and expires <= ${now} then 'EXPIRED'
    when status = 'GRANTED' and (expires <= ${now} or coalesce(changed <= ${now}, false)) then 'LAPSED'
    else status end`
  return wanted.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`${status} in (${sql.join(wanted)})`
}

/** Who wants to decide, and whether any role of theirs lets them. */
export interface Voter {
  readonly id: string
  readonly mayVote: boolean
}

/** Why somebody may not decide on it now, in the words of the decisions' refusals, or null. */
export function voteRefusal(
  row: Pick<Row, 'requesters' | 'approvers' | 'given'>,
  status: ApprovalStatus,
  { id, mayVote }: Voter,
): string | null {
  if (status === 'EXPIRED') return 'EXPIRED'
  if (status !== 'PENDING') return 'NOT_PENDING'
  if (!mayVote) return 'NOT_ALLOWED'
  if (JSON.parse(row.requesters).includes(id)) return 'OWN_REQUEST'
  if (!JSON.parse(row.approvers).includes(id)) return 'NOT_NAMED'
  return JSON.parse(row.given).some(({ person }: { person: string }) => person === id) ? 'ALREADY_DECIDED' : null
}
