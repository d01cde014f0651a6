import { comparePositions, type EventReader, type Position, type RecordedEvent } from '@annal/ledger'
import type { ReadModel, Session } from '../read-model/read-model.ts'
import type { Projection } from '../runner/projection.ts'
import { type Generation, liveGeneration } from '../runner/view-registry.ts'
import { compareRows, type RowDifference } from './compare-rows.ts'
import { type AnyTables, keyOf, viewRows } from './view-rows.ts'

export interface ViewToCompare<Tables> {
  readonly projection: Projection<Tables>
  /** Where the view stands; only read. */
  readonly kept: ReadModel
  /** Where it is made again: empty, and nobody else's. */
  readonly scratch: ReadModel
  readonly events: Pick<EventReader, 'readAll'>
}

export type ViewComparison =
  | { readonly status: 'matches'; readonly position: Position | null; readonly rows: number }
  | ({ readonly status: 'differs'; readonly table: string } & RowDifference)
  /** Nothing to compare with: the view isn't built yet, or of another version and about to be built anew. */
  | { readonly status: 'not-compared'; readonly reason: string }

/** The only generation in the scratch. */
const MADE = 1
const PAGE = 500
/** So few events are caught up while the view is held still. */
const FEW = 2_000
const MOST_ROUNDS = 20

/**
 * Derives a view anew from the events up to its cursor and compares every row. May run beside the server that writes the view: what it has
 * not come to is no difference. The view is held still while it is compared, not while it is made again.
 */
export async function compareView<Tables>(view: ViewToCompare<Tables>): Promise<ViewComparison> {
  const { projection, kept, scratch } = view
  await scratch.transaction((session) => session.create(projection, MADE))
  const copy = new MadeAgain(view)
  for (let round = 0, applied = FEW; applied >= FEW && round < MOST_ROUNDS; round++) {
    const live = await kept.transaction((session) => liveGeneration(session, projection.name))
    const reason = notComparable(live, projection)
    if (live === null || reason !== null) return { status: 'not-compared', reason: reason ?? '' }
    applied = await copy.catchUp(live.position)
  }
  return kept.transaction(async (session) => {
    const live = await liveGeneration(session, projection.name)
    const reason = notComparable(live, projection)
    if (live === null || reason !== null) return { status: 'not-compared', reason: reason ?? '' }
    await copy.catchUp(live.position)
    if (copy.position !== live.position) return strayCursor(live, copy.position)
    return scratch.transaction((own) => compareTables(view, session, { live, own }))
  })
}

function notComparable(live: Generation | null, { version }: { readonly version: number }): string | null {
  if (live === null) return 'it is not built yet'
  return live.version === version ? null : `it is of version ${live.version} and will be built anew as version ${version}`
}

function strayCursor({ position }: Generation, reached: Position | null): ViewComparison {
  return {
    status: 'differs',
    table: 'view',
    key: 'position',
    expected: `the position of an event: the last of the record up to there is at ${reached}`,
    found: String(position),
  }
}

interface Sides {
  readonly live: Generation
  readonly own: Session
}

async function compareTables<Tables>(
  { projection }: ViewToCompare<Tables>,
  session: Session,
  { live, own }: Sides,
): Promise<ViewComparison> {
  const made = own.tables<AnyTables>(projection, MADE)
  const kept = session.tables<AnyTables>(projection, live.generation)
  let rows = 0
  for (const table of projection.tables) {
    const compared = await compareRows(keyOf(table), viewRows(made, table), viewRows(kept, table))
    if (typeof compared !== 'number') return { status: 'differs', table: table.name, ...compared }
    rows += compared
  }
  return { status: 'matches', position: live.position, rows }
}

/** The view as the record gives it, up to a position. */
class MadeAgain<Tables> {
  position: Position | null = null
  readonly #view: ViewToCompare<Tables>

  constructor(view: ViewToCompare<Tables>) {
    this.#view = view
  }

  /** Applies what stands up to `target`. @returns how many events. */
  async catchUp(target: Position | null): Promise<number> {
    let applied = 0
    while (target !== null && (this.position === null || comparePositions(this.position, target) < 0)) {
      const page = await this.#view.events.readAll({ after: this.position, limit: PAGE })
      const events = page.filter(({ position }) => comparePositions(position, target) <= 0)
      await this.#apply(events)
      applied += events.length
      if (events.length < PAGE) break
    }
    return applied
  }

  async #apply(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1)
    if (last === undefined) return
    const { projection, scratch } = this.#view
    await scratch.transaction((session) => projection.apply(session.tables<Tables>(projection, MADE), events))
    this.position = last.position
  }
}
