import { readJson } from '@annal/proof'
export interface JsonPiece {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'mark'
  readonly text: string
}

/** A key is a string before a colon. The kinds are tried in this order; the last one takes what is none of them. */
const PIECES =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>true|false|null)|(?<mark>[^"\w-]+|[\s\S])/g
const KINDS = ['key', 'string', 'number', 'word', 'mark'] as const

/** JSON with line breaks and indents, in pieces to be coloured; text that is no JSON comes back as it is. */
export function prettyJson(raw: string): readonly JsonPiece[] {
  return [...indented(raw).matchAll(PIECES)].map(({ 0: text, groups }) => ({
    kind: KINDS.find((kind) => groups?.[kind] !== undefined) ?? 'mark',
    text,
  }))
}

function indented(raw: string): string {
  try {
    return JSON.stringify(readJson(raw), null, 2)
  } catch (error) {
    if (error instanceof SyntaxError) return raw
    throw error
  }
}
