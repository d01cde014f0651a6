import type { ViewTables } from '../read-model/read-model.ts'
import { type ChunkLayout, chunkOf } from './chunk-layout.ts'
import { addStored, hasOrdinal, noOrdinals } from './ordinal-set.ts'
import { type TermIndex, type TermIndexTables, tagBefore, tagOf } from './term-index.ts'

/** What the index of a full chunk holds of one of its events. */
export interface EventTerms {
  /** Terms that have a set in the chunk. */
  readonly frequent: Set<string>
  readonly rare: Set<string>
}

/**
 * The terms of events of full chunks, read back from the index itself: it keeps no list by event. Takes a while, some 0.1 s for each tag
 * that the events fall under.
 */
export async function termsOfEvents(
  tables: ViewTables<TermIndexTables>,
  index: TermIndex,
  numbers: readonly number[],
): Promise<Map<number, EventTerms>> {
  const terms = new Map(numbers.map((number) => [number, { frequent: new Set<string>(), rare: new Set<string>() }]))
  for (const chunk of new Set(numbers.map((number) => chunkOf(number, index.layout)))) await addFrequent(tables, index.layout, chunk, terms)
  for (const tag of new Set(numbers.map((number) => tagOf(chunkOf(number, index.layout), index)))) {
    const before = tagBefore(tag)
    for (const { number, token } of await tables.tokens('rare').tokensOf(numbers, before)) {
      terms.get(number)?.rare.add(token.slice(before.length))
    }
  }
  return terms
}

const AT_ONCE = 500

async function addFrequent(tables: ViewTables<TermIndexTables>, layout: ChunkLayout, chunk: number, terms: Map<number, EventTerms>) {
  const list = await tables.query.selectFrom('frequent').select('words').where('chunk', '=', chunk).executeTakeFirst()
  const words = list?.words.split(' ') ?? []
  for (let i = 0; i < words.length; i += AT_ONCE) {
    const among = tables.query.selectFrom('set').select(['term', 'ordinals']).where('chunk', '=', chunk)
    for (const { term, ordinals } of await among.where('term', 'in', words.slice(i, i + AT_ONCE)).execute()) {
      const set = noOrdinals(layout.size)
      addStored(set, ordinals)
      for (const [number, { frequent }] of terms) {
        if (chunkOf(number, layout) === chunk && hasOrdinal(set, number % layout.size)) frequent.add(term)
      }
    }
  }
}
