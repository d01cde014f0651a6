import type { Position, RecordedEvent } from '@annal/ledger'
import type { Cell, ViewTables } from '../read-model/read-model.ts'
import type { Projection } from '../runner/projection.ts'
import { numberOf } from '../term-index/chunk-layout.ts'
import { fillChunks, waitingNumbers } from '../term-index/fill-chunks.ts'
import type { TermIndex } from '../term-index/term-index.ts'
import { type FullChunk, writeChunks } from '../term-index/write-chunks.ts'
import { numberEvents, saveNumbering, type WorkspaceBatch } from './number-events.ts'
import { type ReadableEvent, readableWords } from './readable-words.ts'
import { type TextTables, textIndex, textView } from './text-tables.ts'

/** Opens events with the keys that still exist: `@annal/ledger`'s openEvents over a key store. */
export type OpenEvents = (recorded: readonly RecordedEvent[]) => readonly ReadableEvent[]

const OPENED_AT_ONCE = 256

interface TextEvent {
  readonly number: number
  readonly terms: string
}

/** The words of the audit trail. A rebuild leaves out what can't be opened any more. */
export function textProjection(open: OpenEvents, index: TermIndex = textIndex): Projection<TextTables> {
  return {
    ...textView,
    version: 1,
    async apply(tables, events) {
      const full: FullChunk[] = []
      for (const batch of await numberEvents(tables, events))
        full.push(...(await addWords(tables, batch, readAll(batch.events, open), index)))
      await writeChunks(tables, index, full)
    },
  }
}

interface FreshText {
  readonly position: Position
  readonly purgeable: boolean
  readonly terms: string
}

/** Opened in parts: many opened events at once are much memory. */
function readAll(events: readonly RecordedEvent[], open: OpenEvents): FreshText[] {
  const texts: FreshText[] = []
  for (let i = 0; i < events.length; i += OPENED_AT_ONCE) {
    const part = events.slice(i, i + OPENED_AT_ONCE)
    const opened = open(part)
    for (const [j, { position }] of part.entries()) texts.push({ position, ...readable(opened[j]) })
  }
  return texts
}

/** Words can be purged as long as one of them comes from an encrypted field. */
export function readable(event: ReadableEvent | undefined): Omit<FreshText, 'position'> {
  if (!event) throw new Error('expected as many opened events as recorded ones, found fewer')
  return { purgeable: event.sealed.some((field) => field.readable), terms: readableWords(event) }
}

/** Adds the words of a workspace's events; returns the chunks that are now full. */
async function addWords(
  tables: ViewTables<TextTables>,
  batch: WorkspaceBatch,
  texts: readonly FreshText[],
  { layout }: TermIndex,
): Promise<FullChunk[]> {
  const first = numberOf(batch.number, batch.ordinal)
  const fresh = texts.map((text, i) => ({ number: first + i, ...text }))
  const waiting = waitingNumbers(first, fresh.length, layout)
  const { full, open } = fillChunks<TextEvent>(await takeWaiting(tables, waiting.from, waiting.to), fresh, layout)
  const opensAt = open[0]?.number ?? first + fresh.length
  const kept: Cell[][] = []
  for (const { number, position, purgeable, terms } of fresh) {
    if (purgeable || number >= opensAt) kept.push([number, position, purgeable ? 1 : 0, terms])
  }
  await tables.insert('readable', ['number', 'position', 'purgeable', 'words'], kept)
  await saveNumbering(tables, batch, 0)
  return full
}

async function takeWaiting(tables: ViewTables<TextTables>, from: number, to: number): Promise<TextEvent[]> {
  if (from > to) return []
  const among = tables.query.selectFrom('readable').where('number', '>=', from).where('number', '<=', to)
  const rows = await among.select(['number', 'words']).orderBy('number').execute()
  await tables.query.deleteFrom('readable').where('number', '>=', from).where('number', '<=', to).where('purgeable', '=', 0).execute()
  return rows.map(({ number, words }) => ({ number, terms: words }))
}
