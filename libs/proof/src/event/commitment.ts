import { concatBytes } from '@noble/hashes/utils.js'
import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Digests, nobleDigests } from '../digests.ts'

export const SALT_LENGTH = 16
const DOMAIN = encodeUtf8('annal/event/v1\0')

/**
 * What the public log says of an event: SHA-256("annal/event/v1\0" ‖ salt ‖ SHA-256(event bytes)), in hex. It binds to the bytes
 * and, without the salt, tells nothing of them, not even to who guesses them.
 * @param salt 16 random bytes, stored beside the event.
 */
export function commitment(salt: Uint8Array, bytes: Uint8Array, digests: Digests = nobleDigests): string {
  return commitmentOfDigest(salt, digests.sha256(bytes), digests)
}

/** `commitment` of event bytes whose SHA-256 is known. */
export function commitmentOfDigest(salt: Uint8Array, sha256: Uint8Array, digests: Digests = nobleDigests): string {
  if (salt.length !== SALT_LENGTH) throw new Error(`expected a salt of ${SALT_LENGTH} bytes, found ${salt.length}`)
  return toHex(digests.sha256(concatBytes(DOMAIN, salt, sha256)))
}
