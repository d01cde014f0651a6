import type { Cell, ViewTables } from '../read-model/read-model.ts'
import type { Projection } from '../runner/projection.ts'
import { numberOf } from '../term-index/chunk-layout.ts'
import { fillChunks, waitingNumbers } from '../term-index/fill-chunks.ts'
import type { TermIndex } from '../term-index/term-index.ts'
import { type FullChunk, writeChunks } from '../term-index/write-chunks.ts'
import { numberEvents, saveNumbering, type WorkspaceBatch } from './number-events.ts'
import { trailFacts } from './trail-facts.ts'
import { type TrailTables, trailIndex, trailView } from './trail-tables.ts'
import { trailTerms } from './trail-terms.ts'

interface TrailEvent {
  readonly number: number
  readonly occurred: number
  readonly terms: string
}

/** The audit trail: every event as recorded, found by any combination of what the trail's filter knows, but for text. */
export function trailProjection(index: TermIndex = trailIndex): Projection<TrailTables> {
  return {
    ...trailView,
    version: 1,
    async apply(tables, events) {
      const full: FullChunk[] = []
      for (const batch of await numberEvents(tables, events)) full.push(...(await addToTrail(tables, batch, index)))
      await writeChunks(tables, index, full)
    },
  }
}

/** Adds a workspace's events; returns the chunks that are now full. */
async function addToTrail(tables: ViewTables<TrailTables>, batch: WorkspaceBatch, { layout }: TermIndex): Promise<FullChunk[]> {
  const first = numberOf(batch.number, batch.ordinal)
  const rows: Cell[][] = []
  const fresh: TrailEvent[] = []
  let at = batch.at
  for (const [i, event] of batch.events.entries()) {
    const facts = trailFacts(event)
    at = Math.max(at, facts.recordedAt)
    rows.push([first + i, at, event.position, event.salt, event.bytes])
    fresh.push({ number: first + i, occurred: facts.occurredAt, terms: trailTerms(event, facts) })
  }
  await tables.insert('event', ['number', 'at', 'position', 'salt', 'bytes'], rows)
  await saveNumbering(tables, batch, at)
  const waiting = waitingNumbers(first, fresh.length, layout)
  const { full, open } = fillChunks(await takeWaiting(tables, waiting.from, waiting.to), fresh, layout)
  await tables.insert(
    'waiting',
    ['number', 'occurred', 'terms'],
    open.map(({ number, occurred, terms }) => [number, occurred, terms]),
  )
  await tables.insert(
    'occurrence',
    ['chunk', 'earliest', 'latest', 'each'],
    full.map(({ chunk, events }) => occurrenceOf(chunk, events)),
  )
  return full
}

async function takeWaiting(tables: ViewTables<TrailTables>, from: number, to: number): Promise<TrailEvent[]> {
  if (from > to) return []
  const rows = await tables.query
    .selectFrom('waiting')
    .selectAll()
    .where('number', '>=', from)
    .where('number', '<=', to)
    .orderBy('number')
    .execute()
  await tables.query.deleteFrom('waiting').where('number', '>=', from).where('number', '<=', to).execute()
  return rows
}

function occurrenceOf(chunk: number, events: readonly TrailEvent[]): Cell[] {
  const each = Float64Array.from(events, ({ occurred }) => occurred)
  return [chunk, each.reduce((a, b) => Math.min(a, b)), each.reduce((a, b) => Math.max(a, b)), new Uint8Array(each.buffer)]
}
