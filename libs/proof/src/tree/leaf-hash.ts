import { type Digests, nobleDigests } from '../digests.ts'

/** RFC 6962 §2.1 leaf: SHA-256(0x00 ‖ entry bytes), 32 bytes. */
export function leafHash(entry: Uint8Array, digests: Digests = nobleDigests): Uint8Array {
  const preimage = new Uint8Array(1 + entry.length)
  preimage.set(entry, 1)
  return digests.sha256(preimage)
}
