import type { TokenRow, ViewTables } from '../read-model/read-model.ts'
import { chunkOf } from './chunk-layout.ts'
import { addStored, encodeSet, noOrdinals, removeOrdinal } from './ordinal-set.ts'
import { LONGEST_PREFIX, prefixTerm, type TermIndex, type TermIndexTables, tagBefore, tagOf } from './term-index.ts'

/** An event of an indexed chunk that has fewer terms than before. Both are lists between spaces. */
export interface FewerTerms {
  readonly number: number
  readonly before: string
  readonly after: string
}

/**
 * Takes terms of one event out of the index. A term that was frequent in the chunk keeps its set, even an empty one: that it has one
 * says where its events are.
 */
export async function removeTerms(
  tables: ViewTables<TermIndexTables>,
  index: TermIndex,
  { number, before, after }: FewerTerms,
): Promise<void> {
  const chunk = chunkOf(number, index.layout)
  const left = new Set(termsIn(after))
  const all = new Set(termsIn(before))
  const gone = [...all].filter((term) => !left.has(term))
  if (gone.length === 0) return
  const prefixesLeft = new Set([...left].flatMap(prefixesOf))
  const prefixesGone = new Set(gone.flatMap(prefixesOf).filter((prefix) => !prefixesLeft.has(prefix)))
  await removeFromSets(tables, index, number, [...gone, ...[...prefixesGone].map(prefixTerm)])
  const frequent = new Set((await setsAmong(tables, chunk, [...all])).map(({ term }) => term))
  const tag = tagBefore(tagOf(chunk, index))
  const rare = (terms: Iterable<string>): TokenRow[] => {
    const tokens = [...terms].filter((term) => !frequent.has(term)).map((term) => tag + term)
    return tokens.length === 0 ? [] : [[number, tokens.join(' ')]]
  }
  await tables.tokens('rare').remove(rare(all))
  await tables.tokens('rare').add(rare(left))
}

function termsIn(list: string): string[] {
  return list.split(' ').filter((term) => term !== '')
}

function prefixesOf(term: string): string[] {
  const prefixes: string[] = []
  let prefix = ''
  for (const character of term) {
    prefix += character
    if (Buffer.byteLength(prefix) > LONGEST_PREFIX) break
    prefixes.push(prefix)
  }
  return prefixes
}

async function removeFromSets(
  tables: ViewTables<TermIndexTables>,
  { layout }: TermIndex,
  number: number,
  terms: readonly string[],
): Promise<void> {
  const chunk = chunkOf(number, layout)
  for (const { term, ordinals } of await setsAmong(tables, chunk, terms)) {
    const set = noOrdinals(layout.size)
    addStored(set, ordinals)
    removeOrdinal(set, number % layout.size)
    await tables.query
      .updateTable('set')
      .set({ ordinals: encodeSet(set) })
      .where('term', '=', term)
      .where('chunk', '=', chunk)
      .execute()
  }
}

const AT_ONCE = 500

async function setsAmong(tables: ViewTables<TermIndexTables>, chunk: number, terms: readonly string[]) {
  const sets: { term: string; ordinals: Uint8Array }[] = []
  for (let i = 0; i < terms.length; i += AT_ONCE) {
    const among = tables.query.selectFrom('set').select(['term', 'ordinals']).where('chunk', '=', chunk)
    sets.push(...(await among.where('term', 'in', terms.slice(i, i + AT_ONCE)).execute()))
  }
  return sets
}
