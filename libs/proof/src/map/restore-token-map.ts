import { type Digests, nobleDigests } from '../digests.ts'
import { isCount } from '../json/count.ts'
import { headerCount, recordTally, snapshotRecords } from './map-snapshot.ts'
import { TokenMap } from './token-map.ts'

export type RestoredTokenMap =
  | { readonly status: 'restored'; readonly map: TokenMap }
  | { readonly status: 'refused'; readonly reason: string }

/** The map that `snapshot` wrote. Whether it is the log's, its root tells: compare it with the one in the signed head. */
export function restoreTokenMap(pieces: Iterable<Uint8Array>, digests: Digests = nobleDigests): RestoredTokenMap {
  const map = new TokenMap(digests)
  let expected = Number.NaN
  for (const record of snapshotRecords(pieces)) {
    if (record.kind === 'rest') return refused(`expected a whole tally at the end, found ${record.length} bytes of one`)
    if (record.kind === 'header') {
      expected = headerCount(record.view)
      continue
    }
    const { token, count, last } = recordTally(record.view, record.bytes)
    if (!isCount(count, 1) || !isCount(last, count - 1)) return refused(`expected a tally, found count ${count} up to leaf ${last}`)
    if (map.tally(token) !== null) return refused('expected each token once, found one twice')
    map.insert(token, count, last)
  }
  return map.size === expected ? { status: 'restored', map } : refused(`expected ${expected} tallies, found ${map.size}`)
}

function refused(reason: string): RestoredTokenMap {
  return { status: 'refused', reason }
}
