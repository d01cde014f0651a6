import { comparePositions, type RecordedEvent } from '@annal/ledger'
import type { ReadModel, Session, ViewTables } from '../read-model/read-model.ts'
import { type Generation, keptGenerations } from '../runner/view-registry.ts'
import { chunkOf, type NumberRange, numberOf } from '../term-index/chunk-layout.ts'
import { numbersOf } from '../term-index/matches.ts'
import { removeTerms } from '../term-index/remove-terms.ts'
import type { TermCondition } from '../term-index/search-closed-chunks.ts'
import { searchIndex } from '../term-index/search-index.ts'
import { openChunkOf, type TermIndex } from '../term-index/term-index.ts'
import { type OpenEvents, readable } from './text-projection.ts'
import { type TextTables, textIndex, textView } from './text-tables.ts'
import { waitingInText } from './trail-conditions.ts'
import { parseTextQuery } from './words.ts'

export interface TextPurge {
  readonly search: ReadModel
  readonly open: OpenEvents
  readonly index?: TermIndex
}

/**
 * Takes out of the text search what can't be read of these events any more. Call it after their keys were destroyed.
 * Returns those that the view has not come to: a batch opened before may still be on its way, so ask again for them later.
 */
export async function purgeText(
  { search, open, index = textIndex }: TextPurge,
  events: readonly RecordedEvent[],
): Promise<RecordedEvent[]> {
  const later = await search.transaction(async (session) => {
    const unreached = new Set<RecordedEvent>()
    for (const generation of await keptGenerations(session, textView.name)) {
      for (const event of events) {
        if (await purgeEvent({ session, generation, open, index }, event)) continue
        unreached.add(event)
      }
    }
    return [...unreached]
  })
  await search.forget()
  return later
}

interface Purging {
  readonly session: Session
  readonly generation: Generation
  readonly open: OpenEvents
  readonly index: TermIndex
}

/** False when the view has not come to the event. */
async function purgeEvent({ session, generation, open, index }: Purging, event: RecordedEvent): Promise<boolean> {
  if (generation.position === null || comparePositions(generation.position, event.position) < 0) return false
  const tables = session.tables<TextTables>(textView, generation.generation)
  const row = await readableRow(tables, index, event)
  if (!row) return true
  const now = readable(open([event])[0])
  await tables.query
    .updateTable('readable')
    .set({ words: now.terms, purgeable: now.purgeable ? 1 : 0 })
    .where('number', '=', row.number)
    .execute()
  if (chunkOf(row.number, index.layout) < row.openChunk) {
    await removeTerms(tables, index, { number: row.number, before: row.words, after: now.terms })
  }
  return true
}

/** What is kept of the event's words, found by its id. */
async function readableRow(tables: ViewTables<TextTables>, index: TermIndex, { id, stream, position }: RecordedEvent) {
  const workspace = await tables.query
    .selectFrom('workspace')
    .select(['number', 'events'])
    .where('name', '=', stream.slice(0, stream.indexOf('.')))
    .executeTakeFirst()
  if (!workspace) return null
  const openChunk = openChunkOf(workspace.number, workspace.events, index)
  const chunks = { from: chunkOf(numberOf(workspace.number, 0), index.layout), to: openChunk }
  const part = {
    tables,
    index,
    openChunk,
    waiting: (conditions: readonly TermCondition[], numbers: NumberRange) => waitingInText(tables, conditions, numbers),
  }
  const matches = await searchIndex(part, { chunks, within: null }, [{ match: 'any', terms: parseTextQuery(id).words }])
  const rows = await tables.query
    .selectFrom('readable')
    .select(['number', 'words'])
    .where('number', 'in', numbersOf(matches, index.layout))
    .where('position', '=', position)
    .execute()
  return rows[0] ? { ...rows[0], openChunk } : null
}
