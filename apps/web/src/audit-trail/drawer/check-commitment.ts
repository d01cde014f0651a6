import { commitment, encodeUtf8, parseHex, SALT_LENGTH } from '@annal/proof'

export type CommitmentCheck =
  | { readonly status: 'matches'; readonly computed: string }
  | { readonly status: 'differs'; readonly computed: string }
  | { readonly status: 'unreadable-salt' }

/** Computes the commitment of these bytes here, in the browser, and compares it with the one that the server gave. */
export function checkCommitment(event: { readonly raw: string; readonly salt: string; readonly commitment: string }): CommitmentCheck {
  const salt = parseHex(event.salt)
  if (salt === null || salt.length !== SALT_LENGTH) return { status: 'unreadable-salt' }
  const computed = commitment(salt, encodeUtf8(event.raw))
  return { status: computed === event.commitment ? 'matches' : 'differs', computed }
}
