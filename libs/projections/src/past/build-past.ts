import { setImmediate } from 'node:timers/promises'
import { comparePositions, type EventReader, type Position, type RecordedEvent } from '@annal/ledger'
import type { Prefix } from '../audit-trail/trail-query.ts'
import type { ReadModel } from '../read-model/read-model.ts'
import type { Projection } from '../runner/projection.ts'
import { addGeneration, liveGeneration, moveCursor } from '../runner/view-registry.ts'
import type { Past } from './past-name.ts'

export interface PastToBuild<Tables> extends Past {
  readonly projection: Projection<Tables>
  readonly events: Pick<EventReader, 'readAll' | 'readStream'>
  /** Nobody else's. Empty, or holding the same workspace's earlier past `base`. */
  readonly readModel: ReadModel
  readonly base: Prefix | null
  /** Told how many events of the prefix are in it. */
  readonly progress: (events: number) => void
  readonly signal: AbortSignal
}

const PAGE = 500

/**
 * Folds a workspace's first events into a read model of their own, from the base on if there is one: the same rows as if there were none.
 * When it rejects, the read model is to be thrown away.
 * @throws Error when the store doesn't hold the events that the prefix says.
 */
export async function buildPast<Tables>(past: PastToBuild<Tables>): Promise<void> {
  const { projection, readModel, base, prefix, progress, signal } = past
  if (base === null)
    await readModel.transaction(async (session) => {
      const { generation } = await addGeneration(session, projection, 'live')
      await session.create(projection, generation)
    })
  let read = base ?? { events: 0, position: null }
  for await (const events of openings(past, read.position)) await apply(past, read.position, events)
  while (read.events < prefix.events) {
    signal.throwIfAborted()
    const events = await nextPage(past, read)
    await apply(past, read.position, events, 'move')
    read = { events: read.events + events.length, position: events.at(-1)?.position ?? null }
    progress(read.events)
    await setImmediate()
  }
  if (read.position !== prefix.position) throw strayPrefix(past, read)
}

/** No more than belong to the prefix: a store that can't filter would read on to the end of the record. */
async function nextPage<Tables>(past: PastToBuild<Tables>, read: Prefix): Promise<RecordedEvent[]> {
  const { workspace, prefix, events } = past
  const limit = Math.min(PAGE, prefix.events - read.events)
  const page = await events.readAll({ after: read.position, limit, streamPrefix: `${workspace}.` })
  if (page.length === 0) throw strayPrefix(past, read)
  return page
}

/** What the log of workspaces says of this one: in which time zone its days end. */
async function* openings<Tables>(
  { workspace, prefix, events }: PastToBuild<Tables>,
  after: Position | null,
): AsyncGenerator<RecordedEvent[]> {
  const belongs = ({ position }: RecordedEvent) =>
    prefix.position !== null && comparePositions(position, prefix.position) < 0 && (after === null || comparePositions(position, after) > 0)
  for (let from = 0; ; from += PAGE) {
    const page = await events.readStream(`system.workspace-${workspace}`, { from, direction: 'forwards', limit: PAGE })
    yield page.filter(belongs)
    if (page.length < PAGE) return
  }
}

async function apply<Tables>(
  { projection, readModel }: PastToBuild<Tables>,
  position: Position | null,
  events: readonly RecordedEvent[],
  cursor: 'move' | 'keep' = 'keep',
): Promise<void> {
  const last = events.at(-1)
  if (last === undefined) return
  await readModel.transaction(async (session) => {
    const live = await liveGeneration(session, projection.name)
    if (live === null || live.position !== position) throw new Error(`expected a past at ${position}, found it at ${live?.position}`)
    await projection.apply(session.tables<Tables>(projection, live.generation), events)
    if (cursor === 'move') await moveCursor(session, projection.name, live, last)
  })
}

function strayPrefix<Tables>({ workspace, prefix }: PastToBuild<Tables>, read: Prefix): Error {
  return new Error(
    `${workspace}: expected ${prefix.events} events up to ${prefix.position} in the store, found ${read.events} up to ${read.position}`,
  )
}
