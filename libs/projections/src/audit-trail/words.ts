/**
 * How text becomes words, for what is indexed and for what is asked alike: without case and diacritics, cut at everything that is
 * neither a letter nor a digit; a UUID is one word, without its hyphens. A word is at most 64 bytes of UTF-8.
 */
const LONGEST_WORD = 64
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const WORD = new RegExp(`${UUID}|[\\p{L}\\p{N}]+`, 'gu')
const SPACE = 0x20
const HYPHEN = 0x2d
const UUID_PARTS = [8, 4, 4, 4, 12]
const UUID_LENGTH = 36

/** For each byte of ASCII text: the byte in lower case if it belongs to a word, else 0. */
const WORD_BYTES = Uint8Array.from({ length: 128 }, (_, byte) => {
  const character = String.fromCharCode(byte).toLowerCase()
  return /[a-z0-9]/.test(character) ? character.charCodeAt(0) : 0
})
const HEX = Uint8Array.from({ length: 128 }, (_, byte) => (/[0-9a-fA-F]/.test(String.fromCharCode(byte)) ? 1 : 0))

function wordsOf(text: string): string[] {
  const words: string[] = withoutMarks(text).match(WORD) ?? []
  return words.map(wordOf)
}

/** What an event must contain: whole words, and words that begin so. */
export interface TextQuery {
  readonly words: readonly string[]
  readonly prefixes: readonly string[]
}

const ASKED_WORD = new RegExp(`(${UUID}|[0-9a-f]{8}-[0-9a-f-]{0,27}(?=\\*)|[\\p{L}\\p{N}]+)(\\*?)`, 'gu')

/** Every text is a query: words of which all must be there, `word*` for a prefix; all else only separates. */
export function parseTextQuery(text: string): TextQuery {
  const words = new Set<string>()
  const prefixes = new Set<string>()
  for (const [, word = '', star] of withoutMarks(text).matchAll(ASKED_WORD)) (star ? prefixes : words).add(wordOf(word))
  return { words: [...words], prefixes: [...prefixes] }
}

function withoutMarks(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
}

/** Only in UUIDs and their beginnings do matches have hyphens. */
function wordOf(match: string): string {
  const word = match.replaceAll('-', '')
  if (word.length * 3 <= LONGEST_WORD) return word
  const bytes = Buffer.from(word)
  if (bytes.length <= LONGEST_WORD) return word
  let end = LONGEST_WORD
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}

/**
 * The same for text that is all ASCII, as most is, several times as fast; null for other text. One at a time: it works in memory that it
 * keeps.
 */
class AsciiWords {
  #input = Buffer.alloc(1 << 16)
  #output = Buffer.alloc(1 << 17)
  #end = 0
  /** How many bytes of the word at hand were read. */
  #word = 0

  list(text: string): string | null {
    const length = this.#read(text)
    if (length === null) return null
    this.#end = 0
    this.#word = 0
    for (let i = 0; i < length; i++) {
      const byte = this.#input[i] ?? 0
      if (byte >= 0x80) return null
      const kept = WORD_BYTES[byte] ?? 0
      if (kept !== 0) this.#add(kept)
      else i += this.#endWord(byte, i)
    }
    this.#output[this.#end++] = SPACE
    return this.#output.toString('latin1', 0, this.#end)
  }

  #read(text: string): number | null {
    if (text.length > this.#input.length) {
      this.#input = Buffer.alloc(text.length)
      this.#output = Buffer.alloc(text.length * 2)
    }
    return this.#input.write(text) === text.length ? text.length : null
  }

  #add(byte: number): void {
    if (this.#word === 0) this.#output[this.#end++] = SPACE
    if (this.#word < LONGEST_WORD) this.#output[this.#end++] = byte
    this.#word++
  }

  /** Returns how many bytes more were read, to the end of a UUID. */
  #endWord(byte: number, at: number): number {
    const isUuid = byte === HYPHEN && this.#word === 8 && this.#isUuid(at - 8)
    if (isUuid) {
      for (let i = at; i < at - 8 + UUID_LENGTH; i++) {
        const kept = WORD_BYTES[this.#input[i] ?? 0] ?? 0
        if (kept !== 0) this.#add(kept)
      }
    }
    this.#word = 0
    return isUuid ? UUID_LENGTH - 9 : 0
  }

  #isUuid(start: number): boolean {
    let at = start
    for (const part of UUID_PARTS) {
      for (const end = at + part; at < end; at++) if (HEX[this.#input[at] ?? 0] !== 1) return false
      if (at < start + UUID_LENGTH && this.#input[at] !== HYPHEN) return false
      at++
    }
    return true
  }
}

const asciiWords = new AsciiWords()

/** The words of a text, each between single spaces; a single space when there is none. */
export function wordList(text: string): string {
  return asciiWords.list(text) ?? ` ${wordsOf(text).join(' ')} `
}
