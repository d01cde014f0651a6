import { HASH_LENGTH } from '../tree/tree-hash.ts'
import { readU64, type TallyColumn, writeU64 } from './tally-column.ts'

/**
 * All of a token map in a file, so that a log can go on without reading its entries again:
 *
 *     number of tallies: u64be ‖ for each, in the order in which its token was first seen: token (32 bytes) ‖ count: u64be ‖ last leaf: u64be
 *
 * Only tallies are kept, no hashes: the root of what is read back, compared with the one in the signed head, says whether it is the map.
 */
export const SNAPSHOT_HEADER = 8
export const SNAPSHOT_RECORD = HASH_LENGTH + 16
const RECORDS_A_PIECE = 1365

export function* snapshotOf(tallies: TallyColumn): Generator<Uint8Array> {
  const header = new Uint8Array(SNAPSHOT_HEADER)
  writeU64(new DataView(header.buffer), 0, tallies.length)
  yield header
  for (let first = 0; first < tallies.length; first += RECORDS_A_PIECE) {
    const count = Math.min(RECORDS_A_PIECE, tallies.length - first)
    const piece = new Uint8Array(count * SNAPSHOT_RECORD)
    const view = new DataView(piece.buffer)
    for (let i = 0; i < count; i++) {
      const at = i * SNAPSHOT_RECORD
      piece.set(tallies.token(first + i), at)
      writeU64(view, at + HASH_LENGTH, tallies.count(first + i))
      writeU64(view, at + HASH_LENGTH + 8, tallies.last(first + i))
    }
    yield piece
  }
}

/** The records of a snapshot, however it was cut: views that are good until the next one. */
export function* snapshotRecords(pieces: Iterable<Uint8Array>): Generator<SnapshotRecord> {
  const record = new Uint8Array(SNAPSHOT_RECORD)
  let wanted = SNAPSHOT_HEADER
  let length = 0
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + wanted - length)
      record.set(part, length)
      length += part.length
      at += part.length
      if (length < wanted) continue
      yield { kind: wanted === SNAPSHOT_HEADER ? 'header' : 'tally', view: new DataView(record.buffer), bytes: record }
      wanted = SNAPSHOT_RECORD
      length = 0
    }
  }
  if (length > 0) yield { kind: 'rest', length }
}

type SnapshotRecord =
  | { readonly kind: 'header' | 'tally'; readonly view: DataView; readonly bytes: Uint8Array }
  | { readonly kind: 'rest'; readonly length: number }

export function headerCount(view: DataView): number {
  return readU64(view, 0)
}

export function recordTally(
  view: DataView,
  bytes: Uint8Array,
): { readonly token: Uint8Array; readonly count: number; readonly last: number } {
  return { token: bytes.subarray(0, HASH_LENGTH), count: readU64(view, HASH_LENGTH), last: readU64(view, HASH_LENGTH + 8) }
}
