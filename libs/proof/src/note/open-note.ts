import { encodeUtf8 } from '../bytes/utf8.ts'
import type { VerifyEd25519 } from './ed25519.ts'
import type { NoteSignature, SignedNote } from './signed-note.ts'
import { keyIdHex, type VerifierKey } from './verifier-key.ts'

export type OpenedNote =
  | {
      readonly status: 'opened'
      /** Signed by each of `verified`. */
      readonly text: string
      readonly verified: readonly VerifierKey[]
      /** Signatures of keys that weren't given: they say nothing. */
      readonly ignored: readonly NoteSignature[]
    }
  /** `unknown-keys`: no signature of a given key. `invalid-signature`: a given key's name on a signature that isn't its own. */
  | { readonly status: 'refused'; readonly problem: 'unknown-keys' | 'invalid-signature'; readonly reason: string }

/** The note's text, if one of `keys` has signed it and nobody has misused their names. */
export async function openNote(note: SignedNote, keys: readonly VerifierKey[], verify: VerifyEd25519): Promise<OpenedNote> {
  const message = encodeUtf8(note.text)
  const verified = new Set<VerifierKey>()
  const ignored: NoteSignature[] = []
  for (const signature of note.signatures) {
    const key = keyOf(signature, keys)
    if (key === null) ignored.push(signature)
    else if (await verify(key.publicKey, message, signature.signature)) verified.add(key)
    else
      return { status: 'refused', problem: 'invalid-signature', reason: `expected a signature of ${nameOf(signature)}, found other bytes` }
  }
  if (verified.size > 0) return { status: 'opened', text: note.text, verified: [...verified], ignored }
  const expected = keys.map(nameOf).join(', ') || 'a known key'
  return {
    status: 'refused',
    problem: 'unknown-keys',
    reason: `expected a signature of ${expected}, found ${note.signatures.map(nameOf).join(', ')}`,
  }
}

function keyOf(signature: NoteSignature, keys: readonly VerifierKey[]): VerifierKey | null {
  const [key, ...others] = keys.filter(({ name, id }) => name === signature.name && id === signature.id)
  if (others.length > 0) throw new Error(`expected one key for each name and id, found more for ${nameOf(signature)}`)
  return key ?? null
}

function nameOf({ name, id }: { readonly name: string; readonly id: number }): string {
  return `${name}+${keyIdHex(id)}`
}
