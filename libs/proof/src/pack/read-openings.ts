import { isHex32 } from '../bytes/hex.ts'
import { decodeUtf8 } from '../bytes/utf8.ts'
import type { Digests } from '../digests.ts'
import { carriesToken, referenceToken } from '../entry/token.ts'
import { isReference } from '../names/reference.ts'
import { parseStream } from '../names/stream.ts'
import { LineReader } from './line-reader.ts'

/** What a reference opens to. */
export interface Opening {
  readonly rk: string
  readonly token: string
  /** An event of the section carries it. */
  used: boolean
}

export type ReadOpenings =
  | { readonly status: 'read'; readonly openings: ReadonlyMap<string, Opening> }
  | { readonly status: 'refused'; readonly reason: string; readonly line: number }

const LINE_LIMIT = 512
const LINE = /^\{"ref":"([^"\\]+)","rk":"([0-9a-f]{64})"\}$/

/** The openings of a section by reference, each with the token it opens. */
export async function readOpenings(chunks: AsyncIterable<Uint8Array>, digests: Digests): Promise<ReadOpenings> {
  const lines = new LineReader(LINE_LIMIT)
  const openings = new Map<string, Opening>()
  let before = ''
  for await (const chunk of chunks) {
    lines.push(chunk)
    for (let line = lines.next(); line !== null; line = lines.next()) {
      const opening = line === 'too-long' ? null : parseOpening(line)
      if (opening === null || opening.ref <= before) {
        return {
          status: 'refused',
          reason: 'expected the opening of a reference behind the one before, found something else',
          line: lines.line + 1,
        }
      }
      before = opening.ref
      openings.set(opening.ref, { rk: opening.rk, token: referenceToken(opening.rk, opening.ref, digests), used: false })
    }
  }
  if (!lines.isEmpty()) return { status: 'refused', reason: 'expected a line end at the end, found none', line: lines.line + 1 }
  return { status: 'read', openings }
}

function parseOpening(line: Uint8Array): { readonly ref: string; readonly rk: string } | null {
  const decoded = decodeUtf8(line)
  const [, ref = '', rk] = decoded.status === 'decoded' ? (LINE.exec(decoded.text) ?? []) : []
  if (!isHex32(rk) || !(isReference(ref) || parseStream(ref) !== null)) return null
  return carriesToken(ref) ? { ref, rk } : null
}
