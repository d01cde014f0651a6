import { TILE_WIDTH } from './tile.ts'

export type ParsedEntryBundle =
  | { readonly status: 'parsed'; readonly entries: readonly Uint8Array[] }
  | { readonly status: 'refused'; readonly reason: string }

const LENGTH_BYTES = 2
const MAX_LENGTH = 0xffff

/** 1–256 entries, each behind its length as a big-endian 16-bit integer. @throws when there are more or none, or one is too long. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) throw new Error(`expected 1 to ${TILE_WIDTH} entries, found ${entries.length}`)
  const bytes = new Uint8Array(entries.reduce((length, entry) => length + LENGTH_BYTES + entry.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_LENGTH) throw new Error(`expected an entry of at most ${MAX_LENGTH} bytes, found ${entry.length}`)
    view.setUint16(at, entry.length)
    bytes.set(entry, at + LENGTH_BYTES)
    at += LENGTH_BYTES + entry.length
  }
  return bytes
}

/** The entries of a bundle of exactly this width: none cut off, nothing behind the last. */
export function parseEntryBundle(bytes: Uint8Array, width: number): ParsedEntryBundle {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at + LENGTH_BYTES
    const end = start > bytes.length ? start : start + view.getUint16(at)
    if (end > bytes.length) return refused(`expected entry ${entries.length} to end at byte ${end}, found the end at ${bytes.length}`)
    entries.push(bytes.slice(start, end))
    at = end
  }
  if (entries.length !== width) return refused(`expected ${width} entries, found ${entries.length}`)
  return { status: 'parsed', entries }
}

function refused(reason: string): ParsedEntryBundle {
  return { status: 'refused', reason }
}
