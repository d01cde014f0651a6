import type { ChunkLayout } from './chunk-layout.ts'
import type { ChunkTerms } from './chunk-terms.ts'
import { addOrdinal, encodeSet, noOrdinals } from './ordinal-set.ts'
import { LONGEST_PREFIX } from './term-index.ts'

/** Words that begin alike, as numbers of the chunk's terms. */
interface Group {
  readonly words: readonly number[]
  readonly ordinals: Uint8Array
}

/**
 * The prefixes that at least two words of the chunk begin with and that occur `frequent` times or more, each with its ordinals. Without a
 * set, a prefix thus belongs to at most one frequent word or to a few rare ones.
 */
export function frequentPrefixes(found: ChunkTerms, layout: ChunkLayout): (readonly [prefix: string, ordinals: Uint8Array])[] {
  const prefixes: (readonly [string, Uint8Array])[] = []
  let groups: Group[] = [{ words: Array.from({ length: found.size }, (_, number) => number), ordinals: new Uint8Array() }]
  for (let length = 1; length <= LONGEST_PREFIX && groups.length > 0; length++) {
    groups = groups.flatMap((group) => frequentParts(group, length, found, layout))
    for (const { words, ordinals } of groups) {
      const first = words[0] ?? 0
      if (endsCharacter(found, first, length)) prefixes.push([beginning(found, first, length), ordinals])
    }
  }
  return prefixes
}

function frequentParts(group: Group, length: number, found: ChunkTerms, { size, frequent }: ChunkLayout): Group[] {
  return divide(group.words, length, found)
    .filter(({ words, occurrences }) => words.length > 1 && occurrences >= frequent)
    .map(({ words }) => ({
      words,
      ordinals: words.length === group.words.length && length > 1 ? group.ordinals : ordinalsOf(words, found, size),
    }))
}

interface Part {
  readonly words: number[]
  occurrences: number
}

/** A group of words by their `length`th byte. */
function divide(words: readonly number[], length: number, found: ChunkTerms): Part[] {
  const parts: Part[] = []
  const byByte = new Int16Array(256).fill(-1)
  for (const word of words) {
    const byte = found.byteOf(word, length - 1)
    if (byte < 0) continue
    if (byByte[byte] === -1) byByte[byte] = parts.push({ words: [], occurrences: 0 }) - 1
    const part = parts[byByte[byte] ?? 0]
    if (!part) continue
    part.words.push(word)
    part.occurrences += found.count(word)
  }
  return parts
}

/** Whether the first `length` bytes of a word end with a whole character of UTF-8. */
function endsCharacter(found: ChunkTerms, word: number, length: number): boolean {
  const next = found.byteOf(word, length)
  return next < 0x80 || next >= 0xc0
}

function beginning(found: ChunkTerms, word: number, length: number): string {
  return Buffer.from(Uint8Array.from({ length }, (_, i) => found.byteOf(word, i))).toString()
}

function ordinalsOf(words: readonly number[], found: ChunkTerms, size: number): Uint8Array {
  const set = noOrdinals(size)
  for (const word of words) {
    for (const offset of found.offsets(word)) addOrdinal(set, offset)
  }
  return encodeSet(set)
}
