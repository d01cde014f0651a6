import {
  encodeUtf8,
  leafHash,
  nobleVerifyEd25519,
  parseEntry,
  parseTlogProof,
  parseVerifierKey,
  toHex,
  type VerifierKey,
  verifyTlogProof,
} from '@annal/proof'
import { checkCommitment } from '../audit-trail/drawer/check-commitment.ts'
import type { WholeEvent } from '../audit-trail/trail-documents.ts'
import type { EventProof, ProofLog } from './proof-documents.ts'

export type ProofCheck = { readonly status: 'holds' } | { readonly status: 'fails'; readonly reason: string }

/**
 * Whether the entry commits to the event’s bytes, its leaf stands in the tree, and one of the log's keys signed the tree. The keys come from the
 * server that gives the proof: that they are the log's must be known from elsewhere.
 */
export async function checkProof(proof: EventProof, event: WholeEvent, log: ProofLog): Promise<ProofCheck> {
  const bytes = encodeUtf8(proof.entry)
  const entry = parseEntry(bytes)
  if (entry.status === 'refused') return fails(`The entry can’t be read: ${entry.reason}`)
  if (checkCommitment(event).status !== 'matches') return fails('The event’s bytes are not what its commitment says.')
  if (entry.entry.commit !== event.commitment) return fails('The leaf commits to another event than this one.')
  const leaf = leafHash(bytes)
  if (toHex(leaf) !== proof.leafHash) return fails('The leaf’s hash is another than the server says.')
  const parsed = parseTlogProof(proof.proof)
  if (parsed.status === 'refused') return fails(parsed.reason)
  const keys = log.keys.map(({ verifierKey }) => parseVerifierKey(verifierKey)).filter((key): key is VerifierKey => key !== null)
  const verdict = await verifyTlogProof(parsed.proof, leaf, { origin: log.origin, keys, verify: nobleVerifyEd25519 })
  return verdict.status === 'verified' ? { status: 'holds' } : fails(verdict.reason)
}

function fails(reason: string): ProofCheck {
  return { status: 'fails', reason }
}
