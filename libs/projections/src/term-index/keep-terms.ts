import type { TokenRow, ViewTables } from '../read-model/read-model.ts'
import { chunkOf } from './chunk-layout.ts'
import { addStored, encodeSet, noOrdinals, removeOrdinal } from './ordinal-set.ts'
import { LONGEST_PREFIX, prefixTerm, type TermIndex, type TermIndexTables, tagBefore, tagOf } from './term-index.ts'
import { type EventTerms, termsOfEvents } from './terms-of-events.ts'

/**
 * Leaves of each event, by its number, only the terms given, which it had before; all of them stand in full chunks. A term that was
 * frequent in the chunk keeps its set, even an empty one: that it has one says where its events are.
 */
export async function keepTerms(tables: ViewTables<TermIndexTables>, index: TermIndex, kept: ReadonlyMap<number, string>): Promise<void> {
  const before = await termsOfEvents(tables, index, [...kept.keys()])
  for (const [number, terms] of before) await keepTermsOf(tables, index, { number, terms, kept: termsIn(kept.get(number) ?? '') })
}

interface Keeping {
  readonly number: number
  readonly terms: EventTerms
  readonly kept: ReadonlySet<string>
}

async function keepTermsOf(tables: ViewTables<TermIndexTables>, index: TermIndex, { number, terms, kept }: Keeping): Promise<void> {
  const gone = [...terms.frequent, ...terms.rare].filter((term) => !kept.has(term))
  if (gone.length === 0) return
  const prefixesKept = new Set([...kept].flatMap(prefixesOf))
  const prefixesGone = new Set(gone.flatMap(prefixesOf).filter((prefix) => !prefixesKept.has(prefix)))
  await removeFromSets(tables, index, number, [...gone, ...[...prefixesGone].map(prefixTerm)])
  const tag = tagBefore(tagOf(chunkOf(number, index.layout), index))
  await tables.tokens('rare').remove(rowsOf(number, tag, [...terms.rare]))
  await tables.tokens('rare').add(
    rowsOf(
      number,
      tag,
      [...terms.rare].filter((term) => kept.has(term)),
    ),
  )
}

function rowsOf(number: number, tag: string, terms: readonly string[]): TokenRow[] {
  return terms.length === 0 ? [] : [[number, terms.map((term) => tag + term).join(' ')]]
}

function termsIn(list: string): Set<string> {
  return new Set(list.split(' ').filter((term) => term !== ''))
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

const AT_ONCE = 500

async function removeFromSets(
  tables: ViewTables<TermIndexTables>,
  { layout }: TermIndex,
  number: number,
  terms: readonly string[],
): Promise<void> {
  const chunk = chunkOf(number, layout)
  for (let i = 0; i < terms.length; i += AT_ONCE) {
    const among = tables.query.selectFrom('set').select(['term', 'ordinals']).where('chunk', '=', chunk)
    for (const { term, ordinals } of await among.where('term', 'in', terms.slice(i, i + AT_ONCE)).execute()) {
      const set = noOrdinals(layout.size)
      addStored(set, ordinals)
      removeOrdinal(set, number % layout.size)
      const row = tables.query.updateTable('set').where('term', '=', term).where('chunk', '=', chunk)
      await row.set({ ordinals: encodeSet(set) }).execute()
    }
  }
}
