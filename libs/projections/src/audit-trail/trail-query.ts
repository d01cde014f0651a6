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

/** The first events of a workspace, in the record's order. */
export interface Prefix {
  readonly events: number
  /** Of the last of them, or null where there is none. */
  readonly position: Position | null
}

export interface VisiblePrefix extends Prefix {
  /** Whether an event that doesn't belong to it is visible: then nothing will be added to it. */
  readonly ended: boolean
}

export type EventFilter = Pick<TrailFilter, 'recordedTo' | 'stream'>

/** What the audit trail answers. Every call names the workspace; nothing of another one is ever returned. */
export interface AuditTrail {
  page(request: TrailPageRequest): Promise<TrailPage>
  count(workspace: string, filter: TrailFilter, bound: number): Promise<TrailCount>
  /** Null of one that isn't visible, or was recorded at `recordedTo` or later. Ids are unique per stream: without one, the oldest. */
  event(workspace: string, id: string, filter?: EventFilter): Promise<RecordedEvent | null>
  /** The workspace's events in front of the first that was recorded after this instant, as far as they are visible. */
  recordedUpTo(workspace: string, instant: string): Promise<VisiblePrefix>
  /** The position up to which everything is visible (text search included), or null. */
  visibleUpTo(): Promise<Position | null>
}
