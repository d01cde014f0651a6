import { parseBase64, toBase64 } from '../bytes/base64.ts'
import { isCount } from '../json/count.ts'
import { HASH_LENGTH, type LeafIndex } from '../tree/tree-hash.ts'

/** A proof on its own (C2SP tlog-proof): one leaf's place, its path, and the signed checkpoint that the path leads to, as one text. */
export interface TlogProof {
  /** Opaque and not authenticated; null when there is none. */
  readonly extra: Uint8Array | null
  readonly index: LeafIndex
  /** Siblings, lowest first. */
  readonly hashes: readonly Uint8Array[]
  /** The checkpoint with its signatures, verbatim. */
  readonly checkpoint: string
}

export type ParsedTlogProof =
  | { readonly status: 'parsed'; readonly proof: TlogProof }
  | { readonly status: 'refused'; readonly reason: string }

const HEADER = 'c2sp.org/tlog-proof@v1'
const EXTRA = 'extra '
const INDEX = /^index (0|[1-9][0-9]*)$/
/** The longest path in a tree of 2^53 − 1 leaves. */
const MAX_HASHES = 53

/** @throws when it would be another proof or none. */
export function tlogProofText(proof: TlogProof): string {
  const extra = proof.extra === null ? [] : [EXTRA + toBase64(proof.extra)]
  const text = `${[HEADER, ...extra, `index ${proof.index}`, ...proof.hashes.map(toBase64)].join('\n')}\n\n${proof.checkpoint}`
  const parsed = parseTlogProof(text)
  if (parsed.status === 'refused') throw new Error(parsed.reason)
  return text
}

/** The proof that `tlogProofText` would write so. Whether it proves anything is for `verifyTlogProof` to say. */
export function parseTlogProof(text: string): ParsedTlogProof {
  const emptyLine = text.indexOf('\n\n')
  if (emptyLine === -1) return refused('expected an empty line before the checkpoint, found none')
  const checkpoint = text.slice(emptyLine + 2)
  if (!checkpoint.endsWith('\n') || !text.isWellFormed()) return refused('expected a checkpoint that ends with a line end, found none')
  const [header, ...lines] = text.slice(0, emptyLine).split('\n')
  if (header !== HEADER) return refused(`expected ${HEADER}, found ${JSON.stringify(header)}`)
  const extra = parseExtra(lines[0])
  if (extra === 'malformed') return refused(`expected extra data in base64, found ${JSON.stringify(lines[0])}`)
  return parseBody(extra === null ? lines : lines.slice(1), extra, checkpoint)
}

/** Null: the line is none of extra data. */
function parseExtra(line: string | undefined): Uint8Array | null | 'malformed' {
  if (line === undefined || !line.startsWith(EXTRA)) return null
  const extra = parseBase64(line.slice(EXTRA.length))
  return extra === null || extra.length === 0 ? 'malformed' : extra
}

function parseBody(lines: readonly string[], extra: Uint8Array | null, checkpoint: string): ParsedTlogProof {
  const [indexLine = '', ...hashLines] = lines
  const index = Number(INDEX.exec(indexLine)?.[1] ?? Number.NaN)
  if (!isCount(index, 0)) return refused(`expected an index, found ${JSON.stringify(indexLine)}`)
  if (hashLines.length > MAX_HASHES) return refused(`expected at most ${MAX_HASHES} hashes, found ${hashLines.length}`)
  const hashes: Uint8Array[] = []
  for (const line of hashLines) {
    const hash = parseBase64(line)
    if (hash?.length !== HASH_LENGTH) return refused(`expected a hash of ${HASH_LENGTH} bytes in base64, found ${JSON.stringify(line)}`)
    hashes.push(hash)
  }
  return { status: 'parsed', proof: { extra, index, hashes, checkpoint } }
}

function refused(reason: string): ParsedTlogProof {
  return { status: 'refused', reason }
}
