/**
 * How text becomes words, for what is indexed and for what is asked alike: without case and diacritics, cut at everything that is
 * neither a letter nor a digit; a UUID is one word, without its hyphens. A word is at most 64 bytes of UTF-8.
 */
const LONGEST_WORD = 64
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\\p{L}\\p{N}])'
const WORD = new RegExp(`${UUID}|[\\p{L}\\p{N}]+`, 'gu')
const SPACE = 0x20
const HYPHEN = 0x2d
const HYPHENS_IN_UUID = [8, 13, 18, 23]
const UUID_LENGTH = 36

/** The words of a text, between spaces. */
export function wordList(text: string): string {
  return asciiWords.list(text) ?? ` ${wordsOf(text).join(' ')} `
}

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

/** Whether the text has a word to look for: neither letter nor digit is in `--` or `*`. */
export function asksForWords(text: string): boolean {
  const { words, prefixes } = parseTextQuery(text)
  return words.length + prefixes.length > 0
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

/** For each byte of ASCII: itself in lower case if it belongs to a word or is a hyphen, else a space. */
const IN_WORDS = Uint8Array.from({ length: 128 }, (_, byte) => {
  const character = String.fromCharCode(byte).toLowerCase()
  return /[a-z0-9-]/.test(character) ? character.charCodeAt(0) : SPACE
})
const IS_HEX = Uint8Array.from({ length: 128 }, (_, byte) => (/[0-9a-f]/.test(String.fromCharCode(byte)) ? 1 : 0))

/** The same for text that is all ASCII, as most is, several times as fast. One at a time: it works in memory that it keeps. */
class AsciiWords {
  #bytes = Buffer.alloc(1 << 16)

  /** Null for other text, and for text with a word that may have to be shortened. */
  list(text: string): string | null {
    if ((text.length + 2) * 3 > this.#bytes.length) this.#bytes = Buffer.alloc((text.length + 2) * 3)
    const end = this.#bytes.write(` ${text} `)
    const bytes = this.#bytes.subarray(0, end)
    if (end !== text.length + 2 || !translate(bytes)) return null
    for (let at = bytes.indexOf(HYPHEN); at >= 0; at = bytes.indexOf(HYPHEN, at)) {
      if (isUuid(bytes, at - 8)) closeUp(bytes, at - 8)
      else bytes[at] = SPACE
    }
    return bytes.toString('latin1')
  }
}

/** False when something may be longer than a word can be. */
function translate(bytes: Buffer): boolean {
  let longest = 0
  let length = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = IN_WORDS[bytes[i] ?? 0] ?? SPACE
    bytes[i] = byte
    length = byte === SPACE ? 0 : length + 1
    if (length > longest) longest = length
  }
  return longest <= LONGEST_WORD
}

/** Whether a UUID stands there, beginning and ending where a word would. */
function isUuid(bytes: Buffer, start: number): boolean {
  if (start < 1 || !isEdge(bytes[start - 1]) || !isEdge(bytes[start + UUID_LENGTH])) return false
  for (let i = 0; i < UUID_LENGTH; i++) {
    const byte = bytes[start + i] ?? SPACE
    if (HYPHENS_IN_UUID.includes(i) ? byte !== HYPHEN : IS_HEX[byte] !== 1) return false
  }
  return true
}

function isEdge(byte: number | undefined): boolean {
  return byte === SPACE || byte === HYPHEN
}

/** A UUID's digits move to its end, spaces come before them. */
function closeUp(bytes: Buffer, start: number): void {
  let to = start + UUID_LENGTH
  for (let from = start + UUID_LENGTH - 1; from >= start; from--) {
    const byte = bytes[from] ?? SPACE
    if (byte !== HYPHEN) bytes[--to] = byte
  }
  bytes.fill(SPACE, start, to)
}

const asciiWords = new AsciiWords()
