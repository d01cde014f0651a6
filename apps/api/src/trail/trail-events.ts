import type { Position } from '@annal/ledger'
import type { TrailFilter } from '@annal/projections'
import type { EventView } from './event-view.ts'
import { asPosition } from './position.ts'
import type { TrailReader } from './trail-reader.ts'

export interface TrailRange {
  readonly workspace: string
  readonly filter: TrailFilter
  readonly order: 'newest-first' | 'oldest-first'
  /** Behind this position in that order; absent: from its beginning. */
  readonly after?: Position | null
}

const PAGE = 200

/** All events that match, read page by page as they are taken. */
export async function* trailEvents(trail: TrailReader, { workspace, filter, order, after = null }: TrailRange): AsyncGenerator<EventView> {
  for (let from = after; ; ) {
    const page = await trail.page({ workspace, filter, order, after: from, limit: PAGE })
    yield* page.events
    const last = page.events.at(-1)
    if (!page.more || last === undefined) return
    from = asPosition(last.position)
  }
}
