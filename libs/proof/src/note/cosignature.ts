/**
 * # Witnesses
 *
 * A log's owner can sign two histories and show each to somebody else. A *witness* is a stranger who remembers the last head that he saw of
 * a log, asks for a consistency proof to the next, and only then signs it too. If enough witnesses have cosigned a head, no second history
 * of that size can have been shown to anybody who asks for their signatures. A witness vouches for the tree: that it grew. Not for what is
 * in it, and not for the token map, which anybody can recompute from the entries.
 *
 * A cosignature (C2SP tlog-cosignature, "cosignature/v1") is a signature line of the head's note. Its bytes are u64be time ‖ Ed25519 signature
 * of
 *
 *     cosignature/v1
 *     time <POSIX seconds in decimal>
 *     <the note's text, extension lines included>
 */

import { concatBytes } from '@noble/hashes/utils.js'
import { encodeUtf8 } from '../bytes/utf8.ts'
import type { SignEd25519, VerifyEd25519 } from './ed25519.ts'
import type { NoteSignature, SignedNote } from './signed-note.ts'
import { keyIdHex, type VerifierKey } from './verifier-key.ts'

export interface Cosigner {
  /** A `witnessKey`. */
  readonly key: VerifierKey
  readonly sign: SignEd25519
}

export interface Cosignature {
  readonly key: VerifierKey
  /** When the witness saw the head, by its own clock: POSIX seconds. */
  readonly time: number
}

const TIME_LENGTH = 8
const SIGNATURE_LENGTH = 64
/** 9999-12-31T23:59:59Z: what is later is no instant. */
const LAST_TIME = 253_402_300_799

/** A signature line over a head's text. @param time POSIX seconds. @throws when it is none. */
export async function cosign(text: string, { key, sign }: Cosigner, time: number): Promise<NoteSignature> {
  if (!isTime(time)) throw new Error(`expected POSIX seconds, found ${time}`)
  const stamp = new Uint8Array(TIME_LENGTH)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  return { name: key.name, id: key.id, signature: concatBytes(stamp, await sign(message(text, time))) }
}

export type CheckedCosignatures =
  /** Those of the given witnesses, one for each at most: the first. */
  | { readonly status: 'checked'; readonly cosignatures: readonly Cosignature[] }
  /** Somebody put a witness's name on what it didn't sign. */
  | { readonly status: 'refused'; readonly reason: string }

/** Which of these witnesses have cosigned a head. Lines of other keys say nothing and are passed over. */
export async function checkCosignatures(
  note: SignedNote,
  witnesses: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<CheckedCosignatures> {
  const cosignatures: Cosignature[] = []
  for (const signature of note.signatures) {
    const key = witnesses.find(({ name, id }) => name === signature.name && id === signature.id)
    if (key === undefined) continue
    const time = await verifiedTime(note.text, signature, key, verify)
    if (time === null) return { status: 'refused', reason: `expected a cosignature of ${key.name}+${keyIdHex(key.id)}, found other bytes` }
    if (!cosignatures.some((other) => other.key === key)) cosignatures.push({ key, time })
  }
  return { status: 'checked', cosignatures }
}

async function verifiedTime(text: string, { signature }: NoteSignature, key: VerifierKey, verify: VerifyEd25519): Promise<number | null> {
  if (signature.length !== TIME_LENGTH + SIGNATURE_LENGTH) return null
  const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0))
  if (!isTime(time)) return null
  return (await verify(key.publicKey, message(text, time), signature.subarray(TIME_LENGTH))) ? time : null
}

/** Zero is no time at which anything was seen. */
function isTime(time: number): boolean {
  return Number.isInteger(time) && time > 0 && time <= LAST_TIME
}

function message(text: string, time: number): Uint8Array {
  return encodeUtf8(`cosignature/v1\ntime ${time}\n${text}`)
}
