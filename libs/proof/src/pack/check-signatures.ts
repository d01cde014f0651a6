import { equalBytes } from '../bytes/equal-bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import type { Digests } from '../digests.ts'
import type { VerifyEd25519 } from '../note/ed25519.ts'
import { openNote } from '../note/open-note.ts'
import { parseNote, type SignedNote } from '../note/signed-note.ts'
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../note/verifier-key.ts'
import type { Findings } from './findings.ts'
import { MANIFEST_NOTE, type PackManifest, packNoteText } from './manifest.ts'

export function keysOf(written: readonly string[]): VerifierKey[] {
  return written.map((text) => parseVerifierKey(text)).filter((key) => key !== null)
}

export function sameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && a.id === b.id && equalBytes(a.publicKey, b.publicKey)
}

/** The manifest's note: its text is of this manifest, and it has exactly the signatures of the manifest's keys. */
export async function checkManifestNote(
  manifest: PackManifest,
  bytes: { readonly manifest: Uint8Array; readonly note: Uint8Array },
  { digests, verify, findings }: { readonly digests: Digests; readonly verify: VerifyEd25519; readonly findings: Findings },
): Promise<void> {
  const fail = (reason: string) => findings.fail('signature', reason, { file: MANIFEST_NOTE })
  const parsed = parseNote(bytes.note)
  if (parsed.status === 'refused') return fail(parsed.reason)
  const { note } = parsed
  if (note.text !== packNoteText(manifest.origin, toHex(digests.sha256(bytes.manifest)))) {
    return fail('expected a signature of this manifest, found one of something else')
  }
  const keys = keysOf(manifest.keys)
  const asTold = note.signatures.length === keys.length && keys.every((key, i) => isOf(note, i, key))
  if (!asTold) return fail("expected one signature of each of the manifest's keys, found others")
  for (const [i, key] of keys.entries()) {
    const signature = note.signatures[i]?.signature ?? new Uint8Array(0)
    if (!(await verify(key.publicKey, encodeUtf8(note.text), signature)))
      return fail(`expected a signature of ${formatVerifierKey(key)}, found other bytes`)
  }
}

function isOf(note: SignedNote, i: number, key: VerifierKey): boolean {
  return note.signatures[i]?.name === key.name && note.signatures[i]?.id === key.id
}

/** Which of these keys have signed a head; a finding if none has. */
export async function checkHeadSignature(
  note: SignedNote,
  keys: readonly VerifierKey[],
  { verify, findings, file }: { readonly verify: VerifyEd25519; readonly findings: Findings; readonly file: string },
): Promise<readonly VerifierKey[]> {
  const opened = await openNote(note, keys, verify)
  if (opened.status === 'opened') return opened.verified
  findings.fail('signature', `${file}: ${opened.reason}`, { file })
  return []
}

export interface KeyEvents {
  /** Keys that have signed the head above these events: that the manifest lists a key says nothing, anybody can write one there. */
  readonly signers: readonly VerifierKey[]
  /** Keys by `SigningKeyIntroduced`. */
  readonly introduced: ReadonlySet<string>
  /** Keys by `SigningKeyRetired`, with why. */
  readonly retired: ReadonlyMap<string, string>
}

/** How a key of the pack is known from outside, for people; null when it isn't. */
export function anchorOf(
  manifest: PackManifest,
  given: readonly VerifierKey[],
  keyEvents: KeyEvents,
  signedKept: readonly VerifierKey[],
): string | null {
  const keys = keysOf(manifest.keys)
  const direct = keys.find((key) => given.some((other) => sameKey(key, other)))
  if (direct !== undefined) return `the key you gave: ${formatVerifierKey(direct)}`
  const system = keyEvents.signers.find((key) => given.some((other) => sameKey(key, other)))
  const introduced = manifest.keys.find((key) => keyEvents.introduced.has(key) && !keyEvents.retired.has(key))
  if (system !== undefined && introduced !== undefined)
    return `${introduced}, which the system log introduced under the key you gave: ${formatVerifierKey(system)}`
  const kept = keys.find((key) => signedKept.some((other) => sameKey(key, other)))
  return kept === undefined ? null : `${formatVerifierKey(kept)}, which also signed the head you kept`
}
