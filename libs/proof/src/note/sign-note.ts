import { encodeUtf8 } from '../bytes/utf8.ts'
import type { SignEd25519 } from './ed25519.ts'
import { type NoteSignature, noteBytes, type SignedNote } from './signed-note.ts'
import type { VerifierKey } from './verifier-key.ts'

export interface NoteSigner {
  /** The public half. */
  readonly key: VerifierKey
  readonly sign: SignEd25519
}

/**
 * The text with a signature of each signer, in their order.
 * @throws when it would be no note: an empty text, none that ends with a line end, no signer.
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<SignedNote> {
  const message = encodeUtf8(text)
  const signatures: NoteSignature[] = []
  for (const { key, sign } of signers) signatures.push({ name: key.name, id: key.id, signature: await sign(message) })
  const note = { text, signatures }
  noteBytes(note)
  return note
}
