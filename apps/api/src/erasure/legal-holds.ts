import { evolveLegalHolds, type LegalHold } from '@annal/domain'
import type { EventReader } from '@annal/ledger'
import { trailEvents } from '../trail/trail-events.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { Visibility } from '../trail/visibility.ts'

export interface HoldSurroundings {
  readonly store: EventReader
  readonly trail: TrailReader
  readonly visibility: Visibility
}

const TYPES = ['LegalHoldPlaced', 'LegalHoldReleased']

/** The legal holds in place, all that is recorded until now considered. @throws TypedError NOT_YET_VISIBLE: nobody erases blindly. */
export async function legalHoldsInPlace(workspace: string, { store, trail, visibility }: HoldSurroundings): Promise<readonly LegalHold[]> {
  const head = await store.head()
  if (head !== null) await visibility.reached(head)
  let holds: readonly LegalHold[] = []
  for await (const { type, data } of trailEvents(trail, { workspace, filter: { types: TYPES }, order: 'oldest-first' }))
    holds = evolveLegalHolds(holds, { type, data: data as Readonly<Record<string, unknown>> })
  return holds
}
