import { isHex32 } from '../bytes/hex.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts'
import { MAX_REFERENCES } from '../event/event-envelope.ts'
import { isCount } from '../json/count.ts'
import { hasExactly } from '../json/json-value.ts'
import { parseJsonText } from '../json/parse-json.ts'
import { isInstant } from '../time/instant.ts'

/** A token and the 1-based count of the leaves, up to and with this one, that carry it. */
export type TokenCount = readonly [token: string, n: number]

/** What the public log holds of one event: when, which things by token, and a commitment. No content. */
export interface Entry {
  readonly v: 1
  /** 0-based place in the log: the leaf's index. */
  readonly seq: number
  /** Ledger time: the later of the event's `recordedAt` and the `at` of the leaf before. */
  readonly at: string
  /** Sorted by token, none twice. Empty for events of persons and data subjects. */
  readonly refs: readonly TokenCount[]
  readonly commit: string
}

export const MAX_ENTRY_LENGTH = 16 * 1024

/**
 * The RFC 8785 bytes of an entry, at most 16 KiB.
 * @throws when the entry is not one: the first wrong member is named.
 */
export function entryBytes(entry: Entry): Uint8Array {
  return encodeUtf8(entryText(entry))
}

/** `entryBytes` as text, all of it ASCII. */
export function entryText(entry: Entry): string {
  const problem = entryProblem(entry)
  if (problem !== null) throw new Error(`expected an entry, found another ${problem}: ${JSON.stringify(entry)}`)
  return canonicalEntry(entry)
}

export type ParsedEntry = { readonly status: 'parsed'; readonly entry: Entry } | { readonly status: 'refused'; readonly reason: string }

/** The entry that these bytes are of. Bytes that `entryBytes` would not write are refused. */
export function parseEntry(bytes: Uint8Array): ParsedEntry {
  if (bytes.length > MAX_ENTRY_LENGTH) return refused(`expected at most ${MAX_ENTRY_LENGTH} bytes, found ${bytes.length}`)
  const decoded = decodeUtf8(bytes)
  if (decoded.status === 'refused') return refused(`expected UTF-8, found other bytes at ${decoded.at}`)
  const parsed = parseJsonText(decoded.text)
  if (parsed.status === 'refused') return refused(`expected strict JSON, found ${parsed.problem} at ${parsed.at}`)
  if (!isEntry(parsed.value)) return refused(`expected an entry, found another ${entryProblem(parsed.value)}`)
  if (canonicalEntry(parsed.value) !== decoded.text) return refused('expected RFC 8785 canonical JSON, found another form of it')
  return { status: 'parsed', entry: parsed.value }
}

/** One token for the stream and one for each reference: 129 of them stay well below the 16 KiB. */
const MAX_TOKENS = MAX_REFERENCES + 1

/** The members in JCS order; every string is of a shape that JSON writes as it is. */
function canonicalEntry(entry: Entry): string {
  const refs = entry.refs.map(([token, n]) => `["${token}",${n}]`).join()
  return `{"at":"${entry.at}","commit":"${entry.commit}","refs":[${refs}],"seq":${entry.seq},"v":1}`
}

export function isEntry(value: unknown): value is Entry {
  return entryProblem(value) === null
}

/** The first member that keeps `value` from being an entry, or null. */
export function entryProblem(value: unknown): string | null {
  if (!hasExactly(value, ['v', 'seq', 'at', 'refs', 'commit'])) return 'members'
  if (value.v !== 1) return 'v'
  if (!isCount(value.seq, 0)) return 'seq'
  if (!isInstant(value.at)) return 'at'
  if (!areRefs(value.refs, value.seq)) return 'refs'
  return isHex32(value.commit) ? null : 'commit'
}

/** No more than seq + 1 leaves can carry a token when leaf seq is the last. */
function areRefs(value: unknown, seq: number): value is readonly TokenCount[] {
  if (!Array.isArray(value) || value.length > MAX_TOKENS) return false
  let before = ''
  for (const pair of value) {
    if (!isTokenCount(pair) || pair[0] <= before || pair[1] > seq + 1) return false
    before = pair[0]
  }
  return true
}

function isTokenCount(value: unknown): value is TokenCount {
  return Array.isArray(value) && value.length === 2 && isHex32(value[0]) && isCount(value[1], 1)
}

function refused(reason: string): ParsedEntry {
  return { status: 'refused', reason }
}
