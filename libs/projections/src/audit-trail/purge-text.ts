import { comparePositions, type Position, type RecordedEvent } from '@annal/ledger'
import type { ReadModel, Session } from '../read-model/read-model.ts'
import { type Generation, keptGenerations, liveGeneration } from '../runner/view-registry.ts'
import { numberOf } from '../term-index/chunk-layout.ts'
import { keepTerms } from '../term-index/keep-terms.ts'
import type { TermIndex } from '../term-index/term-index.ts'
import { readableWords } from './readable-words.ts'
import type { OpenEvents } from './text-projection.ts'
import { type TextTables, textIndex, textView } from './text-tables.ts'
import { firstReaching } from './trail-rows.ts'
import { type TrailTables, trailView } from './trail-tables.ts'

export interface TextPurge {
  readonly views: ReadModel
  readonly search: ReadModel
  readonly open: OpenEvents
  readonly index?: TermIndex
}

/**
 * Takes out of the text search what can't be read of these events any more, down to the file. Call it after their keys were destroyed.
 * Returns those that one of the views has not come to: a batch opened before may still be on its way, so ask again for them later.
 */
export async function purgeText(
  { views, search, open, index = textIndex }: TextPurge,
  events: readonly RecordedEvent[],
): Promise<RecordedEvent[]> {
  const { numbers, unknown } = await views.transaction((session) => numbersInTrail(session, events))
  const later = new Set(unknown)
  await search.transaction(async (session) => {
    for (const generation of await keptGenerations(session, textView.name)) {
      const reached = [...numbers].filter(([event]) => hasReached(generation, event.position))
      for (const [event] of numbers) if (!hasReached(generation, event.position)) later.add(event)
      const kept = new Map(open(reached.map(([event]) => event)).map((event, i) => [reached[i]?.[1] ?? Number.NaN, readableWords(event)]))
      await purgeGeneration(session, generation, index, kept)
    }
  })
  await search.forget()
  return [...later]
}

function hasReached({ position }: Generation, event: Position): boolean {
  return position !== null && comparePositions(position, event) >= 0
}

/** The trail numbers events as the text does, and knows their positions. */
async function numbersInTrail(session: Session, events: readonly RecordedEvent[]) {
  const numbers = new Map<RecordedEvent, number>()
  const live = await liveGeneration(session, trailView.name)
  if (live) {
    const tables = session.tables<TrailTables>(trailView, live.generation)
    for (const event of events.filter(({ position }) => hasReached(live, position))) {
      const name = event.stream.slice(0, event.stream.indexOf('.'))
      const own = await tables.query.selectFrom('workspace').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
      const all = { from: numberOf(own.number, 0), to: numberOf(own.number, own.events) - 1 }
      numbers.set(event, await firstReaching(tables, all, ({ position }) => comparePositions(position, event.position) >= 0))
    }
  }
  return { numbers, unknown: events.filter((event) => !numbers.has(event)) }
}

/** Leaves of events, by their numbers, only these words. */
async function purgeGeneration(
  session: Session,
  { generation }: Generation,
  index: TermIndex,
  kept: ReadonlyMap<number, string>,
): Promise<void> {
  const tables = session.tables<TextTables>(textView, generation)
  const indexed = new Map(kept)
  for (const [number, words] of kept) {
    const changed = await tables.query.updateTable('waiting').set({ words }).where('number', '=', number).executeTakeFirst()
    if (changed.numUpdatedRows > 0n) indexed.delete(number)
  }
  await keepTerms(tables, index, indexed)
}
