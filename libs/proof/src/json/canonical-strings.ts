import { NotJson } from './canonical-json.ts'

/**
 * `canonicalize` of an array of strings, several times faster: RFC 8785 writes well-formed strings just as ECMAScript does
 * (§3.2.2.2), and an array of them has no members to sort.
 */
export function canonicalStrings(strings: readonly string[]): string {
  for (const text of strings) {
    if (!text.isWellFormed()) throw new NotJson('expected well-formed Unicode, found a lone surrogate')
  }
  return JSON.stringify(strings)
}
