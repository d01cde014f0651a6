import type { EventReader, Position, RecordedEvent } from '@annal/ledger'
import type { ReadModel } from '../read-model/read-model.ts'
import { type GatherLimits, gatherEvents } from './gather-events.ts'
import type { Projection } from './projection.ts'
import { type Generation, liveGeneration, moveCursor } from './view-registry.ts'

export interface ProjectionSource<Tables> {
  readonly projection: Projection<Tables>
  readonly readModel: ReadModel
  readonly events: Pick<EventReader, 'subscribe' | 'findEvent'>
  /** Ends it between two batches. */
  readonly signal: AbortSignal
  /** `GatherLimits`; none if absent. */
  readonly interval?: number
}

/** What one transaction takes at most: bounds memory, and how long others wait for the read model. */
export const LIVE: GatherLimits = { events: 1_024, bytes: 2 * 2 ** 20 }
/** Whole chunks of the trail, for the most part: what doesn't become one waits in a table of its own until it does. */
export const BUILDING: GatherLimits = { events: 8_192, bytes: 8 * 2 ** 20 }
const SUBSCRIBED = 512

/**
 * Applies to one generation what stands behind its cursor, then what comes, until `applied` says that it is enough or the generation was
 * replaced; rejects when `signal` aborts. View and cursor move in one transaction: whenever the process dies, neither gap nor repeat remains.
 */
export async function followGeneration<Tables>(
  { projection, readModel, events, signal, interval = 0 }: ProjectionSource<Tables>,
  generation: Generation,
  applied: (now: Generation, batch: readonly RecordedEvent[]) => Promise<'go on' | 'enough'>,
  limits: GatherLimits,
): Promise<'enough' | 'replaced'> {
  const own = new AbortController()
  try {
    let current = generation
    const subscription = events.subscribe({ after: current.position, signal: AbortSignal.any([signal, own.signal]), batch: SUBSCRIBED })
    for await (const batch of gatherEvents(subscription, { ...limits, interval })) {
      const position = await applyBatch({ projection, readModel }, current, batch)
      if (position === null) return 'replaced'
      current = { ...current, position }
      if ((await applied(current, batch)) === 'enough') return 'enough'
      signal.throwIfAborted()
    }
    signal.throwIfAborted()
    throw new Error('expected a subscription without end, found its end')
  } finally {
    own.abort()
  }
}

/** Where the cursor stands now, or null when readers were shown another generation meanwhile. */
async function applyBatch<Tables>(
  { projection, readModel }: Pick<ProjectionSource<Tables>, 'projection' | 'readModel'>,
  generation: Generation,
  batch: readonly RecordedEvent[],
): Promise<Position | null> {
  const last = batch.at(-1)
  if (!last) return generation.position
  return readModel.transaction(async (session) => {
    if (await moveCursor(session, projection.name, generation, last)) {
      await projection.apply(session.tables(projection, generation.generation), batch)
      return last.position
    }
    const live = await liveGeneration(session, projection.name)
    if (live && live.generation > generation.generation) return null
    throw new Error(`expected ${projection.name} at ${generation.position}, found it moved: only one runner may write a view`)
  })
}
