import type { RecordedEvent } from '@annal/ledger'
import type { ViewTables } from '../read-model/read-model.ts'
import type { Projection } from '../runner/projection.ts'
import { numberOf } from '../term-index/chunk-layout.ts'
import type { IndexedEvent } from '../term-index/chunk-terms.ts'
import { fillChunks, waitingNumbers } from '../term-index/fill-chunks.ts'
import type { TermIndex } from '../term-index/term-index.ts'
import { type FullChunk, writeChunks } from '../term-index/write-chunks.ts'
import { numberEvents, saveNumbering, type WorkspaceBatch } from './number-events.ts'
import { type ReadableEvent, readableWords } from './readable-words.ts'
import { type TextTables, textIndex, textView } from './text-tables.ts'

/** Opens events, or these fields of them alone, with the keys that still exist: `@annal/ledger`'s openEvents over a key store. */
export type OpenEvents = (recorded: readonly RecordedEvent[], fields?: readonly string[]) => readonly ReadableEvent[]

/** The words of the audit trail. A rebuild leaves out what can't be opened any more. */
export function textProjection(open: OpenEvents, index: TermIndex = textIndex): Projection<TextTables> {
  return {
    ...textView,
    version: 1,
    async apply(tables, events) {
      const full: FullChunk[] = []
      for (const batch of await numberEvents(tables, events)) full.push(...(await addWords(tables, batch, wordsOf(batch, open), index)))
      await writeChunks(tables, index, full)
    },
  }
}

const OPENED_AT_ONCE = 32

/** Opened in parts: many opened events at once are much memory. */
function wordsOf({ number, ordinal, events }: WorkspaceBatch, open: OpenEvents): IndexedEvent[] {
  const first = numberOf(number, ordinal)
  const words: IndexedEvent[] = []
  for (let i = 0; i < events.length; i += OPENED_AT_ONCE) {
    for (const event of open(events.slice(i, i + OPENED_AT_ONCE))) words.push({ number: first + words.length, terms: readableWords(event) })
  }
  return words
}

/** Adds the words of a workspace's events; returns the chunks that are now full. */
async function addWords(
  tables: ViewTables<TextTables>,
  batch: WorkspaceBatch,
  fresh: readonly IndexedEvent[],
  { layout }: TermIndex,
): Promise<FullChunk[]> {
  const waiting = waitingNumbers(numberOf(batch.number, batch.ordinal), fresh.length, layout)
  const { full, open } = fillChunks(await takeWaiting(tables, waiting.from, waiting.to), fresh, layout)
  await tables.insert(
    'waiting',
    ['number', 'words'],
    open.map(({ number, terms }) => [number, terms]),
  )
  await saveNumbering(tables, batch, 0)
  return full
}

async function takeWaiting(tables: ViewTables<TextTables>, from: number, to: number): Promise<IndexedEvent[]> {
  if (from > to) return []
  const rows = await tables.query
    .selectFrom('waiting')
    .selectAll()
    .where('number', '>=', from)
    .where('number', '<=', to)
    .orderBy('number')
    .execute()
  await tables.query.deleteFrom('waiting').where('number', '>=', from).where('number', '<=', to).execute()
  return rows.map(({ number, words }) => ({ number, terms: words }))
}
