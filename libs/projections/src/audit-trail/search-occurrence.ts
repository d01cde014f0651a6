import type { ViewTables } from '../read-model/read-model.ts'
import type { ChunkLayout, NumberRange } from '../term-index/chunk-layout.ts'
import { addMatch, chunksLeft, common, type Matches, type SearchWindow } from '../term-index/matches.ts'
import { addOrdinal, allOrdinals, noOrdinals, type OrdinalSet } from '../term-index/ordinal-set.ts'
import type { TrailTables } from './trail-tables.ts'

/** Milliseconds since 1970: from `from` to before `to`. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** What of the window occurred in the span. */
export async function searchOccurrence(
  tables: ViewTables<TrailTables>,
  layout: ChunkLayout,
  window: SearchWindow,
  span: TimeSpan,
): Promise<Matches> {
  const left = chunksLeft(window)
  if (left.from > left.to) return new Map()
  const matches: Matches = new Map()
  for (const { chunk, set } of await inFullChunks(tables, layout, left, span)) matches.set(chunk, set)
  for (const number of await inWaiting(tables, layout, left, span)) addMatch(matches, number, layout)
  return common(matches, window.within)
}

/** From the first to the last of the full chunks that may have events of the span; none if `from` is above `to`. */
export async function chunksTouching(tables: ViewTables<TrailTables>, chunks: NumberRange, { from, to }: TimeSpan): Promise<NumberRange> {
  const { first, last } = await tables.query
    .selectFrom('occurrence')
    .select(({ fn }) => [fn.min<number | null>('chunk').as('first'), fn.max<number | null>('chunk').as('last')])
    .where('chunk', '>=', chunks.from)
    .where('chunk', '<=', chunks.to)
    .where('earliest', '<', to)
    .where('latest', '>=', from)
    .executeTakeFirstOrThrow()
  return first === null || last === null ? { from: 0, to: -1 } : { from: first, to: last }
}

async function inFullChunks(tables: ViewTables<TrailTables>, layout: ChunkLayout, chunks: NumberRange, { from, to }: TimeSpan) {
  const overlapping = await tables.query
    .selectFrom('occurrence')
    .select(['chunk', 'earliest', 'latest'])
    .where('chunk', '>=', chunks.from)
    .where('chunk', '<=', chunks.to)
    .where('earliest', '<', to)
    .where('latest', '>=', from)
    .execute()
  const inside = overlapping.filter(({ earliest, latest }) => earliest >= from && latest < to)
  const cut = overlapping.filter((row) => !inside.includes(row)).map(({ chunk }) => chunk)
  const rows =
    cut.length === 0 ? [] : await tables.query.selectFrom('occurrence').select(['chunk', 'each']).where('chunk', 'in', cut).execute()
  return [
    ...inside.map(({ chunk }) => ({ chunk, set: allOrdinals(layout.size) })),
    ...rows.map(({ chunk, each }) => ({ chunk, set: between(each, layout, { from, to }) })),
  ]
}

function between(each: Uint8Array, layout: ChunkLayout, { from, to }: TimeSpan): OrdinalSet {
  const instants = new Float64Array(each.buffer.slice(each.byteOffset, each.byteOffset + each.length))
  const set = noOrdinals(layout.size)
  for (let offset = 0; offset < instants.length; offset++) {
    const instant = instants[offset] ?? Number.NaN
    if (instant >= from && instant < to) addOrdinal(set, offset)
  }
  return set
}

async function inWaiting(
  tables: ViewTables<TrailTables>,
  layout: ChunkLayout,
  chunks: NumberRange,
  { from, to }: TimeSpan,
): Promise<number[]> {
  const rows = await tables.query
    .selectFrom('waiting')
    .select('number')
    .where('number', '>=', chunks.from * layout.size)
    .where('number', '<', (chunks.to + 1) * layout.size)
    .where('occurred', '>=', from)
    .where('occurred', '<', to)
    .execute()
  return rows.map(({ number }) => number)
}
