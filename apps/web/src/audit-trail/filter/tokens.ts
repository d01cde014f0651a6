/** A piece of the filter line: `key:value`, or a word without a key. Values and words may stand in double quotes. */
export interface Token {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** As written, without the colon; null for a word. */
  readonly key: string | null
  /** With quotes and escapes resolved. */
  readonly value: string
  readonly problem: 'quote-not-closed' | null
}

const KEY = /^[A-Za-z][A-Za-z0-9_-]*(?=:)/
const SPACE = /\s/

/** Cuts a line into its tokens. Every character but white space belongs to exactly one token. */
export function tokens(line: string): Token[] {
  const found: Token[] = []
  let at = skipSpace(line, 0)
  while (at < line.length) {
    const token = tokenAt(line, at)
    found.push(token)
    at = skipSpace(line, token.end)
  }
  return found
}

/** True for a word that would be read as `key:value` if it stood without quotes. */
export function looksKeyed(word: string): boolean {
  return KEY.test(word)
}

function tokenAt(line: string, start: number): Token {
  const key = KEY.exec(line.slice(start))?.[0] ?? null
  const valueAt = key === null ? start : start + key.length + 1
  if (line[valueAt] === '"') return { start, key, ...quoted(line, valueAt) }
  const end = endOfWord(line, valueAt)
  return { start, end, key, value: line.slice(valueAt, end), problem: null }
}

function quoted(line: string, open: number): Pick<Token, 'end' | 'value' | 'problem'> {
  let value = ''
  for (let at = open + 1; at < line.length; at++) {
    const char = line.charAt(at)
    if (char === '"') return { end: at + 1, value, problem: null }
    if (char === '\\' && at + 1 < line.length) value += line.charAt(++at)
    else value += char
  }
  return { end: line.length, value, problem: 'quote-not-closed' }
}

function endOfWord(line: string, from: number): number {
  let at = from
  while (at < line.length && !SPACE.test(line.charAt(at))) at++
  return at
}

function skipSpace(line: string, from: number): number {
  let at = from
  while (at < line.length && SPACE.test(line.charAt(at))) at++
  return at
}
