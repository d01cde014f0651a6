import type { ViewTables } from '../read-model/read-model.ts'
import { chunkOf, type NumberRange } from './chunk-layout.ts'
import { addMatch, chunksLeft, common, type Matches, rangeOf, type SearchWindow, setOf } from './matches.ts'
import { addStored } from './ordinal-set.ts'
import { LONGEST_PREFIX, prefixTerm, type TermIndex, type TermIndexTables, tagBefore, tagOf } from './term-index.ts'

/** One condition on an event's terms. */
export type TermCondition =
  | { readonly match: 'any'; readonly terms: readonly string[] }
  | { readonly match: 'prefix'; readonly prefix: string }

/** What of the window, whose chunks are all indexed, matches the condition too. */
export async function searchClosedChunks(
  tables: ViewTables<TermIndexTables>,
  index: TermIndex,
  window: SearchWindow,
  condition: TermCondition,
): Promise<Matches> {
  const left = chunksLeft(window)
  if (left.from > left.to) return new Map()
  const search = new ClosedChunks(tables, index, left, window.within)
  return common(condition.match === 'any' ? await search.any(condition.terms) : await search.prefix(condition.prefix), window.within)
}

class ClosedChunks {
  readonly #tables: ViewTables<TermIndexTables>
  readonly #index: TermIndex
  /** The chunks that can match, ascending. */
  readonly #chunks: readonly number[]
  readonly #left: ReadonlySet<number>
  readonly #range: NumberRange

  constructor(tables: ViewTables<TermIndexTables>, index: TermIndex, range: NumberRange, within: Matches | null) {
    this.#tables = tables
    this.#index = index
    this.#range = range
    this.#chunks = within
      ? [...within.keys()].sort((a, b) => a - b)
      : Array.from({ length: range.to - range.from + 1 }, (_, i) => range.from + i)
    this.#left = new Set(this.#chunks)
  }

  async any(terms: readonly string[]): Promise<Matches> {
    const matches: Matches = new Map()
    const sets = await this.#addSets(matches, terms, this.#left)
    if (sets < terms.length * this.#chunks.length) {
      await this.#addRare(matches, 'whole', terms, terms.length > 1 ? this.#chunks : this.#chunks.filter((chunk) => !matches.has(chunk)))
    }
    return matches
  }

  async prefix(prefix: string): Promise<Matches> {
    const matches: Matches = new Map()
    if (Buffer.byteLength(prefix) <= LONGEST_PREFIX) await this.#addSets(matches, [prefixTerm(prefix)], this.#left)
    const rest = this.#chunks.filter((chunk) => !matches.has(chunk))
    const words = await this.#frequentWords(prefix, rest)
    if (words.length > 0) await this.#addSets(matches, words, new Set(rest))
    await this.#addRare(matches, 'prefix', [prefix], rest)
    return matches
  }

  /** Returns how many sets there were. */
  async #addSets(matches: Matches, terms: readonly string[], wanted: ReadonlySet<number>): Promise<number> {
    const rows = await this.#tables.query
      .selectFrom('set')
      .select(['chunk', 'ordinals'])
      .where('term', 'in', terms)
      .where('chunk', '>=', this.#range.from)
      .where('chunk', '<=', this.#range.to)
      .execute()
    const sets = rows.filter(({ chunk }) => wanted.has(chunk))
    for (const { chunk, ordinals } of sets) addStored(setOf(matches, chunk, this.#index.layout), ordinals)
    return sets.length
  }

  /** The words, frequent in one of the chunks, that begin so. */
  async #frequentWords(prefix: string, chunks: readonly number[]): Promise<string[]> {
    const { from, to } = rangeOf(chunks)
    if (from > to) return []
    const lists = await this.#tables.query
      .selectFrom('frequent')
      .select('words')
      .where('chunk', '>=', from)
      .where('chunk', '<=', to)
      .execute()
    const found = new Set<string>()
    for (const { words } of lists) {
      for (let at = words.indexOf(` ${prefix}`); at >= 0; at = words.indexOf(` ${prefix}`, at + 1)) {
        found.add(words.slice(at + 1, words.indexOf(' ', at + 1)))
      }
    }
    return [...found]
  }

  async #addRare(matches: Matches, match: 'whole' | 'prefix', terms: readonly string[], chunks: readonly number[]): Promise<void> {
    const { layout } = this.#index
    const { from, to } = rangeOf(chunks)
    if (from > to) return
    const tags = new Set(chunks.map((chunk) => tagOf(chunk, this.#index)))
    const anyOf = [...tags].flatMap((tag) => terms.map((term) => tagBefore(tag) + term))
    const wanted = new Set(chunks)
    const numbers = await this.#tables.tokens('rare').find({ match, anyOf, from: from * layout.size, to: (to + 1) * layout.size - 1 })
    for (const number of numbers) {
      if (wanted.has(chunkOf(number, layout))) addMatch(matches, number, layout)
    }
  }
}
