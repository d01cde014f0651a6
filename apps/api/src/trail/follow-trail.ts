import type { Position } from '@annal/ledger'
import type { TrailFilter } from '@annal/projections'
import type { EventView } from './event-view.ts'
import type { TrailReader } from './trail-reader.ts'
import type { Visibility } from './visibility.ts'

const PAGE = 200
/** A follower looks at most every so many ms, so that a busy record costs a few queries a second and not thousands. */
const BREATH = 50
/** And at least every so many, to notice that nobody listens any more. */
const IDLE = 5_000

export interface Following {
  readonly workspace: string
  readonly filter: TrailFilter
  /** Everything behind this position; null: what comes from now on. */
  readonly after: Position | null
  readonly signal: AbortSignal
}

/** Events in the record's order, each once: pages behind the last one seen, and a wait when there is none. */
export async function* followTrail(reader: TrailReader, visibility: Visibility, following: Following): AsyncGenerator<EventView> {
  const { workspace, filter, signal } = following
  let after = following.after ?? visibility.current()
  while (!signal.aborted) {
    // What is visible now will have been read when the pages end: the next look begins behind it, however few of it matched.
    const visible = visibility.current()
    let more = true
    while (more && !signal.aborted) {
      const page = await reader.page({ workspace, filter, order: 'oldest-first', after, limit: PAGE })
      yield* page.events
      after = (page.events.at(-1)?.position as Position | undefined) ?? after
      more = page.more
    }
    if (visible !== null && (after === null || visible > after)) after = visible
    if (visibility.current() === visible) await visibility.moved(IDLE)
    await new Promise((resolve) => setTimeout(resolve, BREATH))
  }
}
