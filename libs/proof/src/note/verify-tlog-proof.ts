import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { verifyInclusion } from '../tree/verify-inclusion.ts'
import { refuse, type Verdict } from '../verdict.ts'
import { parseCheckpoint } from './checkpoint.ts'
import type { VerifyEd25519 } from './ed25519.ts'
import { openNote } from './open-note.ts'
import { parseNote } from './signed-note.ts'
import type { TlogProof } from './tlog-proof.ts'
import type { VerifierKey } from './verifier-key.ts'

/** What must be known from elsewhere. */
export interface TrustedLog {
  readonly origin: string
  readonly keys: readonly VerifierKey[]
  readonly verify: VerifyEd25519
}

/** Whether the leaf stands in the log at the proof's index, under a checkpoint that one of the log's keys has signed. */
export async function verifyTlogProof(
  proof: TlogProof,
  leaf: Uint8Array,
  log: TrustedLog,
  digests: Digests = nobleDigests,
): Promise<Verdict> {
  const parsed = parseNote(encodeUtf8(proof.checkpoint))
  if (parsed.status === 'refused') return parsed
  const opened = await openNote(parsed.note, log.keys, log.verify)
  if (opened.status === 'refused') return refuse(opened.reason)
  const signed = parseCheckpoint(opened.text)
  if (signed.status === 'refused') return signed
  const { origin, size, root } = signed.checkpoint
  if (origin !== log.origin) return refuse(`expected a checkpoint of ${log.origin}, found one of ${origin}`)
  return verifyInclusion({ index: proof.index, size, leaf, root, proof: proof.hashes }, digests)
}
