import type { Position } from '@annal/ledger'
import type { EventFilter, TrailCount, TrailFilter, TrailPageRequest } from '@annal/projections'
import type { EventRow, EventView } from './event-view.ts'
import type { ExportFormat } from './export-text.ts'

/** The audit trail, read in worker threads, with events opened and ready to be shown. */
export interface TrailReader {
  page(request: TrailPageRequest): Promise<EventViewPage>
  /** The same page, for less than half of the work. */
  rows(request: TrailPageRequest): Promise<EventPage<EventRow>>
  count(workspace: string, filter: TrailFilter, bound: number): Promise<TrailCount>
  event(workspace: string, id: string, filter?: EventFilter): Promise<EventView | null>
  exportPage(request: TrailPageRequest, format: ExportFormat): Promise<ExportPage>
}

export interface EventPage<Shown extends EventRow> {
  readonly events: readonly Shown[]
  readonly more: boolean
}

export type EventViewPage = EventPage<EventView>

export interface ExportPage {
  readonly text: string
  readonly more: boolean
  /** The position of the last event, or null of an empty page. */
  readonly last: Position | null
}
