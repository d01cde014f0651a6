import type { Position, RecordedEvent } from '@annal/ledger'

/** All given conditions must hold. Times are inclusive at `From`, exclusive at `To`; recorded times cut on ledger time. */
export interface TrailFilter {
  readonly types?: readonly string[]
  /** The full stream name, workspace included. */
  readonly stream?: string
  readonly about?: readonly string[]
  readonly actor?: string
  readonly correlationId?: string
  readonly text?: string
  readonly recordedFrom?: string
  readonly recordedTo?: string
  readonly occurredFrom?: string
  readonly occurredTo?: string
}

export interface TrailPageRequest {
  readonly workspace: string
  readonly filter: TrailFilter
  readonly order: 'newest-first' | 'oldest-first'
  /** Continue behind this position in the given order (exclusive), or from the beginning of that order. */
  readonly after: Position | null
  readonly limit: number
}

export interface TrailPage {
  readonly events: readonly RecordedEvent[]
  /** True when at least one more event matches behind the last. */
  readonly more: boolean
}

export interface TrailCount {
  readonly value: number
  readonly exact: boolean
}

/** What the audit trail answers. Every call names the workspace; nothing of another one is ever returned. */
export interface AuditTrail {
  page(request: TrailPageRequest): Promise<TrailPage>
  count(workspace: string, filter: TrailFilter, bound: number): Promise<TrailCount>
  event(workspace: string, id: string): Promise<RecordedEvent | null>
  /** The position up to which everything is visible (text search included), or null. */
  visibleUpTo(): Promise<Position | null>
}
