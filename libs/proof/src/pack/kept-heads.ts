import { parseBase64 } from '../bytes/base64.ts'
import { equalBytes } from '../bytes/equal-bytes.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts'
import type { Digests } from '../digests.ts'
import { isCount } from '../json/count.ts'
import { isCanonicalJson } from '../json/is-canonical-json.ts'
import { hasExactly } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import type { VerifyEd25519 } from '../note/ed25519.ts'
import { openNote } from '../note/open-note.ts'
import { parseNote, type SignedNote } from '../note/signed-note.ts'
import { parseTreeHead, type TreeHead } from '../note/tree-head.ts'
import type { VerifierKey } from '../note/verifier-key.ts'
import { HASH_LENGTH } from '../tree/tree-hash.ts'
import { verifyConsistency } from '../tree/verify-consistency.ts'
import type { Findings } from './findings.ts'
import { fraudOfHeads } from './fraud.ts'
import { CONSISTENCY } from './manifest.ts'
import type { SectionSummary } from './section-check.ts'
import { type PackVerdict, verdict } from './verdict.ts'

/** A head as a note tells it. */
export interface ReadHead {
  readonly note: SignedNote
  readonly head: TreeHead
}

/** The head in a note, or what is wrong. Nothing is said of its signatures. */
export function readHead(bytes: Uint8Array): ReadHead | string {
  const parsed = parseNote(bytes)
  if (parsed.status === 'refused') return parsed.reason
  const head = parseTreeHead(parsed.note.text)
  return head.status === 'refused' ? head.reason : { note: parsed.note, head: head.head }
}

/** A head that somebody kept, from outside the pack. */
export interface KeptHead extends ReadHead {
  /** Keys of the pack that have signed it: they are the log's, if the kept file is its. */
  readonly signedBy: readonly VerifierKey[]
}

export interface KeptHeads {
  readonly ofLog: readonly KeptHead[]
  /** What the others are, for people: nothing of the pack can be compared with them. */
  readonly others: readonly string[]
}

/** What of the kept heads is of this log. @param keys of the pack. */
export async function keptHeadsOf(
  origin: string,
  files: readonly Uint8Array[],
  keys: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<KeptHeads> {
  const ofLog: KeptHead[] = []
  const others: string[] = []
  for (const file of files) {
    const read = readHead(file)
    if (typeof read === 'string') others.push(`no tree head (${read})`)
    else if (read.head.origin !== origin) others.push(`of ${read.head.origin}`)
    else {
      const opened = await openNote(read.note, keys, verify)
      ofLog.push({ ...read, signedBy: opened.status === 'opened' ? opened.verified : [] })
    }
  }
  return { ofLog, others }
}

export interface HeadComparison {
  /** Kept heads that the pack's log agrees with or continues. */
  readonly continued: number
  /** Sizes of older ones of which it can't be told. */
  readonly untold: readonly number[]
  /** Sizes of newer ones. */
  readonly newer: readonly number[]
  /** What is wrong where one shows another history; null where none does. It says nothing of the pack's own files: what they prove they prove. */
  readonly contradicted: PackVerdict | null
}

/** Compares the pack's head with the kept ones. What contradicts it is a finding. */
export function compareHeads(
  head: TreeHead,
  kept: readonly KeptHead[],
  told: { readonly proofs: ReadonlyMap<number, readonly Uint8Array[]>; readonly events: SectionSummary },
  { findings, digests }: { readonly findings: Findings; readonly digests: Digests },
): HeadComparison {
  let continued = 0
  const untold: number[] = []
  const contradicted: number[] = []
  for (const other of kept) {
    const { size } = other.head
    if (size > head.size) continue
    const agrees = size === head.size ? compareSame(head, other, findings) : continues(head, other.head, told, digests)
    if (agrees === null) untold.push(size)
    else if (agrees) continued++
    else contradicted.push(size)
  }
  const newer = kept.map((other) => other.head.size).filter((size) => size > head.size)
  return { continued, untold, newer, contradicted: contradicted.length === 0 ? null : anotherHistory(contradicted) }
}

function anotherHistory(sizes: readonly number[]): PackVerdict {
  const reason = `expected the log to continue the head of size ${sizes.join(', ')} that you kept, found another history`
  return verdict('fails', reason, { file: CONSISTENCY })
}

function compareSame(head: TreeHead, kept: KeptHead, findings: Findings): boolean {
  const fraud = fraudOfHeads(head, kept.head)
  if (fraud === null) return true
  if (kept.signedBy.length > 0) findings.fraud('integrity', fraud, null)
  return false
}

/** Whether the log continues an older head; null when the pack doesn't show it. */
function continues(
  head: TreeHead,
  older: TreeHead,
  { proofs, events }: { readonly proofs: ReadonlyMap<number, readonly Uint8Array[]>; readonly events: SectionSummary },
  digests: Digests,
): boolean | null {
  if (older.size === 0) return true
  const root = events.roots.get(older.size)
  if (root !== undefined) return equalBytes(root, older.root)
  const proof = proofs.get(older.size)
  if (proof === undefined) return null
  const claim = { oldSize: older.size, newSize: head.size, oldRoot: older.root, newRoot: head.root, proof }
  return verifyConsistency(claim, digests).status === 'verified'
}

/** The lines of `proof/consistency.jsonl` by their sizes, or what is wrong with one. */
export function readConsistency(bytes: Uint8Array): ReadonlyMap<number, readonly Uint8Array[]> | string {
  const decoded = decodeUtf8(bytes)
  if (decoded.status === 'refused') return 'expected UTF-8, found other bytes'
  const proofs = new Map<number, readonly Uint8Array[]>()
  const lines = decoded.text.split('\n')
  if (lines.pop() !== '') return 'expected a line end at the end, found none'
  let before = 0
  for (const line of lines) {
    const proof = readProof(line)
    if (proof === null || proof.from <= before) return 'expected a proof from a larger size than the one before, found something else'
    before = proof.from
    proofs.set(proof.from, proof.hashes)
  }
  return proofs
}

function readProof(line: string): { readonly from: number; readonly hashes: readonly Uint8Array[] } | null {
  const parsed = parseJson(encodeUtf8(line))
  if (parsed.status === 'refused' || !isCanonicalJson(line) || !hasExactly(parsed.value, ['from', 'hashes'])) return null
  const { from, hashes } = parsed.value
  if (!isCount(from, 1) || !Array.isArray(hashes)) return null
  const read = hashes.map((hash) => (typeof hash === 'string' ? parseBase64(hash) : null))
  const whole = read.filter((hash) => hash?.length === HASH_LENGTH)
  return whole.length === hashes.length ? { from, hashes: whole.filter((hash) => hash !== null) } : null
}
