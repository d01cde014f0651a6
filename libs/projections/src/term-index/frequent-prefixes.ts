import type { ChunkLayout } from './chunk-layout.ts'
import type { ChunkTerms } from './chunk-terms.ts'
import { addOrdinal, encodeSet, noOrdinals, type OrdinalSet } from './ordinal-set.ts'
import { LONGEST_PREFIX } from './term-index.ts'

const ENDED = 256

/**
 * The prefixes that at least two words of the chunk begin with and that occur `frequent` times or more, each with its ordinals. Without a
 * set, a prefix thus belongs to at most one frequent word or to a few rare ones.
 */
export function frequentPrefixes(found: ChunkTerms, layout: ChunkLayout): (readonly [prefix: string, ordinals: Uint8Array])[] {
  const sorting = new SortedWords(found, layout)
  sorting.divide({ from: 0, to: found.size, length: 0, ordinals: new Uint8Array() })
  return sorting.prefixes
}

/** Words that begin with the same `length` bytes: a range of the words sorted so far. */
interface Group {
  readonly from: number
  readonly to: number
  readonly length: number
  readonly ordinals: Uint8Array
}

/** The words of a chunk, as numbers of its terms, sorted byte by byte (radix sort from the first byte on) as far as their beginnings are frequent. */
class SortedWords {
  readonly prefixes: (readonly [prefix: string, ordinals: Uint8Array])[] = []
  readonly #found: ChunkTerms
  readonly #layout: ChunkLayout
  readonly #words: Int32Array
  readonly #spare: Int32Array
  readonly #set: OrdinalSet
  /** Of the group of each length that is being divided: where each byte's words end, and how often they occur. */
  readonly #levels = Array.from({ length: LONGEST_PREFIX }, () => ({
    ends: new Int32Array(ENDED + 1),
    occurrences: new Int32Array(ENDED + 1),
  }))

  constructor(found: ChunkTerms, layout: ChunkLayout) {
    this.#found = found
    this.#layout = layout
    this.#words = new Int32Array(found.size).map((_, number) => number)
    this.#spare = new Int32Array(found.size)
    this.#set = noOrdinals(layout.size)
  }

  divide(group: Group): void {
    const level = this.#levels[group.length]
    if (level === undefined) return
    const { ends, occurrences } = level
    this.#sort(group, ends.fill(0), occurrences.fill(0))
    let from = group.from
    for (let byte = 0; byte < ENDED; byte++) {
      const to = ends[byte] ?? 0
      if (to - from > 1 && (occurrences[byte] ?? 0) >= this.#layout.frequent) this.#keep(group, from, to)
      from = to
    }
  }

  /** The words from `from` to `to`, which have one more byte in common than their group. */
  #keep(group: Group, from: number, to: number): void {
    const length = group.length + 1
    const isWhole = to - from === group.to - group.from && group.length > 0
    const ordinals = isWhole ? group.ordinals : this.#ordinals(from, to)
    const first = this.#words[from] ?? 0
    if (endsCharacter(this.#found, first, length)) this.prefixes.push([this.#found.beginning(first, length), ordinals])
    this.divide({ from, to, length, ordinals })
  }

  /** By the byte behind what they have in common; those that end there come last. */
  #sort({ from, to, length }: Group, places: Int32Array, occurrences: Int32Array): void {
    for (let i = from; i < to; i++) {
      const word = this.#words[i] ?? 0
      const byte = this.#byteOf(word, length)
      places[byte] = (places[byte] ?? 0) + 1
      occurrences[byte] = (occurrences[byte] ?? 0) + this.#found.count(word)
    }
    let next = from
    for (let byte = 0; byte <= ENDED; byte++) {
      const count = places[byte] ?? 0
      places[byte] = next
      next += count
    }
    for (let i = from; i < to; i++) {
      const word = this.#words[i] ?? 0
      const byte = this.#byteOf(word, length)
      const place = places[byte] ?? 0
      this.#spare[place] = word
      places[byte] = place + 1
    }
    this.#words.set(this.#spare.subarray(from, to), from)
  }

  #byteOf(word: number, at: number): number {
    const byte = this.#found.byteOf(word, at)
    return byte < 0 ? ENDED : byte
  }

  #ordinals(from: number, to: number): Uint8Array {
    this.#set.fill(0)
    for (let i = from; i < to; i++) {
      for (const offset of this.#found.offsets(this.#words[i] ?? 0)) addOrdinal(this.#set, offset)
    }
    return encodeSet(this.#set)
  }
}

/** Whether the first `length` bytes of a word end with a whole character of UTF-8. */
function endsCharacter(found: ChunkTerms, word: number, length: number): boolean {
  const next = found.byteOf(word, length)
  return next < 0x80 || next >= 0xc0
}
