import type { ViewTables } from '../read-model/read-model.ts'
import { chunkOf, type NumberRange } from '../term-index/chunk-layout.ts'
import type { Matches } from '../term-index/matches.ts'
import { allOrdinals, countOrdinals, keepBetween, offsetsOf } from '../term-index/ordinal-set.ts'
import type { TermCondition } from '../term-index/search-closed-chunks.ts'
import { searchIndex, type WorkspaceIndex } from '../term-index/search-index.ts'
import { type Order, type Progress, searchWindows } from '../term-index/search-windows.ts'
import { chunksTouching, searchOccurrence, type TimeSpan } from './search-occurrence.ts'
import type { TrailTables } from './trail-tables.ts'

/** A question to the trail of one workspace, in terms of its index. */
export interface TrailQuestion {
  readonly terms: readonly TermCondition[]
  readonly words: readonly TermCondition[]
  readonly occurred: TimeSpan | null
  /** The numbers that may match, both inclusive; none if `from` is above `to`. */
  readonly numbers: NumberRange
}

export class TrailSearch {
  readonly #tables: ViewTables<TrailTables>
  readonly #trail: WorkspaceIndex
  /** Null where no text is asked for, or none is indexed yet. */
  readonly #text: WorkspaceIndex | null

  constructor(tables: ViewTables<TrailTables>, trail: WorkspaceIndex, text: WorkspaceIndex | null) {
    this.#tables = tables
    this.#trail = trail
    this.#text = text
  }

  /** The first `limit` numbers that match, in that order. */
  async find(question: TrailQuestion, order: Order, limit: number): Promise<number[]> {
    const found: number[] = []
    for await (const chunks of this.#windows(question, order, () => ({ wanted: limit, found: found.length }))) {
      const matches = await this.#matches(question, chunks)
      for (const [chunk, set] of inOrder(matches, order)) {
        const first = chunk * this.#trail.index.layout.size
        const offsets = order === 'oldest-first' ? offsetsOf(set) : offsetsOf(set).reverse()
        for (const offset of offsets.slice(0, limit - found.length)) found.push(first + offset)
        if (found.length >= limit) return found
      }
    }
    return found
  }

  /** How many match; counting stops once it is above `bound`. */
  async count(question: TrailQuestion, bound: number): Promise<number> {
    let count = 0
    for await (const chunks of this.#windows(question, 'newest-first', () => ({ wanted: bound + 1, found: count }))) {
      for (const set of (await this.#matches(question, chunks)).values()) count += countOrdinals(set)
      if (count > bound) return count
    }
    return count
  }

  async *#windows({ numbers, occurred }: TrailQuestion, order: Order, progress: () => Progress): AsyncGenerator<NumberRange> {
    const { layout } = this.#trail.index
    const all = { from: chunkOf(numbers.from, layout), to: chunkOf(numbers.to, layout) }
    const parts = occurred === null ? [all] : await this.#partsTouching(occurred, all)
    for (const part of order === 'oldest-first' ? parts : parts.reverse()) yield* searchWindows(part, order, progress)
  }

  /** What of the chunks may have events of that time: some full ones, and the one that isn't full. */
  async #partsTouching(occurred: TimeSpan, { from, to }: NumberRange): Promise<NumberRange[]> {
    const { openChunk } = this.#trail
    const full = await chunksTouching(this.#tables, { from, to: Math.min(to, openChunk - 1) }, occurred)
    return to < openChunk ? [full] : [full, { from: openChunk, to: openChunk }]
  }

  async #matches(question: TrailQuestion, chunks: NumberRange): Promise<Matches> {
    let within: Matches | null = null
    if (question.terms.length > 0) within = await searchIndex(this.#trail, { chunks, within }, question.terms)
    if (question.words.length > 0) within = this.#text ? await searchIndex(this.#text, { chunks, within }, question.words) : new Map()
    if (question.occurred) within = await searchOccurrence(this.#tables, this.#trail.index.layout, { chunks, within }, question.occurred)
    return this.#cut(within ?? this.#everything(chunks), question.numbers)
  }

  #everything({ from, to }: NumberRange): Matches {
    return new Map(Array.from({ length: to - from + 1 }, (_, i) => [from + i, allOrdinals(this.#trail.index.layout.size)]))
  }

  /** Leaves out what stands before or behind the numbers asked for. */
  #cut(matches: Matches, { from, to }: NumberRange): Matches {
    const { layout } = this.#trail.index
    for (const chunk of new Set([chunkOf(from, layout), chunkOf(to, layout)])) {
      const set = matches.get(chunk)
      const first = chunk * layout.size
      if (set && !keepBetween(set, from - first, to - first + 1)) matches.delete(chunk)
    }
    return matches
  }
}

function inOrder(matches: Matches, order: Order): [number, Uint32Array][] {
  return [...matches].sort(([a], [b]) => (order === 'oldest-first' ? a - b : b - a))
}
