import { decodeUtf8 } from '../bytes/utf8.ts'
import { endOfString } from './end-of-string.ts'
import { type FoundProblem, firstProblem } from './json-problem.ts'
import { type JsonValue, MAX_DEPTH } from './json-value.ts'
import { readJson } from './read-json.ts'

export type ParsedJson =
  | { readonly status: 'parsed'; readonly value: JsonValue }
  | FoundProblem
  /** `at`: byte offset. */
  | { readonly status: 'refused'; readonly problem: 'invalid-utf8'; readonly at: number }

/**
 * JSON without two readings: what is accepted means the same to every reader. Refused beside bad syntax: bytes that are not
 * UTF-8, a byte order mark, a member named twice, a lone surrogate (also written as an escape), a number beyond the range of a
 * double (1e400), an integer that a double would round (2^53 + 1), and nesting deeper than 128. For all else the value is that of `readJson`.
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
  const decoded = decodeUtf8(bytes)
  switch (decoded.status) {
    case 'refused':
      return { status: 'refused', problem: 'invalid-utf8', at: decoded.at }
    case 'decoded':
      return parseJsonText(decoded.text)
  }
}

/** `parseJson` of a text that is already decoded. */
export function parseJsonText(text: string): ParsedJson {
  const colons = countColons(text)
  const value = colons === TOO_DEEP ? undefined : parseOrUndefined(text)
  if (value === undefined) return firstProblem(text) ?? unexplained()
  // A name given twice leaves one member and two colons; a number or string that may be bad makes the count NaN.
  const isSound = countMembers(value, text.includes('\\u')) === colons
  return (isSound ? null : firstProblem(text)) ?? { status: 'parsed', value }
}

function unexplained(): never {
  throw new Error('expected a problem in a JSON text that was refused, found none')
}

function parseOrUndefined(text: string): JsonValue | undefined {
  try {
    return readJson(text) as JsonValue
  } catch {
    return undefined
  }
}

const TOO_DEEP = -1

/** Colons outside strings, in one pass over the text, or TOO_DEEP. Right for valid JSON, harmless for any other text. */
function countColons(text: string): number {
  let colons = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = endOfString(text, i)
        break
      case 0x3a: // :
        colons++
        break
      case 0x7b: // {
      case 0x5b: // [
        if (++depth > MAX_DEPTH) return TOO_DEEP
        break
      case 0x7d: // }
      case 0x5d: // ]
        depth--
        break
    }
  }
  return colons
}

/** Members of all objects in `value`; NaN when a number may have been rounded or, if asked, a string is not well-formed. */
function countMembers(value: JsonValue, checkStrings: boolean): number {
  if (typeof value === 'string') return checkStrings && !value.isWellFormed() ? Number.NaN : 0
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? 0 : Number.NaN
  if (typeof value !== 'object' || value === null) return 0
  return Array.isArray(value) ? countInArray(value, checkStrings) : countInObject(value, checkStrings)
}

function countInArray(array: readonly JsonValue[], checkStrings: boolean): number {
  let members = 0
  for (const element of array) members += countMembers(element, checkStrings)
  return members
}

function countInObject(object: object, checkStrings: boolean): number {
  if (checkStrings && !Object.keys(object).every((name) => name.isWellFormed())) return Number.NaN
  const values: JsonValue[] = Object.values(object)
  let members = values.length
  for (const value of values) members += countMembers(value, checkStrings)
  return members
}
