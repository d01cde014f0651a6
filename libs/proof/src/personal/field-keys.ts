import { concatBytes } from '@noble/hashes/utils.js'
import { parseHex, toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { canonicalStrings } from '../json/canonical-strings.ts'

/**
 * Keys of sealed fields come from HKDF-SHA-256 (RFC 5869) with an empty salt and 32 bytes of output. Its first half (Extract)
 * depends on the key alone, its second (Expand) on what the result is for: who derives many keys from one extracts it once.
 */
export interface ExtractedKey {
  readonly prk: Uint8Array
}

export const KEY_LENGTH = 32
const EMPTY_SALT = new Uint8Array(KEY_LENGTH)
const FIRST_BLOCK = '\u0001'
const KEY_COMMITMENT = encodeUtf8('annal/kc/v1\0')

/** HKDF-Extract of a block key. */
export function extractBlockKey(blockKey: Uint8Array, digests: Digests = nobleDigests): ExtractedKey {
  return extract(requireKey('block key', blockKey), digests)
}

/** The key of one event: HKDF(block key, JCS `["annal/evk/v1", stream, id]`), from the extracted block key. */
export function eventKeyFrom(block: ExtractedKey, stream: string, id: string, digests: Digests = nobleDigests): Uint8Array {
  return expand(block, canonicalStrings(['annal/evk/v1', stream, id]), digests)
}

/** The key of one event: HKDF(block key, JCS `["annal/evk/v1", stream, id]`). */
export function eventKey(blockKey: Uint8Array, stream: string, id: string, digests: Digests = nobleDigests): Uint8Array {
  return eventKeyFrom(extractBlockKey(blockKey, digests), stream, id, digests)
}

/** HKDF-Extract of event key ‖ subject key, or of the event key alone for a field of no data subject. */
export function extractFieldSecret(ofEvent: Uint8Array, subjectKey: Uint8Array | null, digests: Digests = nobleDigests): ExtractedKey {
  requireKey('event key', ofEvent)
  return extract(subjectKey === null ? ofEvent : concatBytes(ofEvent, requireKey('subject key', subjectKey)), digests)
}

/** Where a field stands. `pointer`: RFC 6901 JSON Pointer into the event's `data`. */
export interface FieldPlace {
  readonly workspace: string
  readonly stream: string
  readonly id: string
  readonly pointer: string
}

/** The key of one field, from the extracted secret: HKDF(…, JCS `["annal/field/v1", workspace, stream, id, pointer]`). */
export function fieldKeyFrom(secret: ExtractedKey, place: FieldPlace, digests: Digests = nobleDigests): Uint8Array {
  return expand(secret, canonicalStrings(['annal/field/v1', place.workspace, place.stream, place.id, place.pointer]), digests)
}

export interface FieldSource extends FieldPlace {
  readonly eventKey: Uint8Array
  /** Null for a field of no data subject. */
  readonly subjectKey: Uint8Array | null
}

/** The key of one field: HKDF(event key ‖ subject key, or event key alone; JCS `["annal/field/v1", …]`). */
export function fieldKey(source: FieldSource, digests: Digests = nobleDigests): Uint8Array {
  return fieldKeyFrom(extractFieldSecret(source.eventKey, source.subjectKey, digests), source, digests)
}

/**
 * SHA-256("annal/kc/v1\0" ‖ field key), in hex. It stands beside the ciphertext and is checked on opening, because AES-GCM lets
 * one ciphertext open under two keys.
 */
export function keyCommitment(key: Uint8Array, digests: Digests = nobleDigests): string {
  return toHex(digests.sha256(concatBytes(KEY_COMMITMENT, requireKey('field key', key))))
}

/**
 * How the digest of an input about a person is stored: HMAC-SHA-256(field key, the digest's 32 bytes), in hex. With the field key
 * it can be checked against the input, without it it says nothing.
 * @param sha256 lower-case hex.
 */
export function digestHmac(key: Uint8Array, sha256: string, digests: Digests = nobleDigests): string {
  const digest = parseHex(sha256)
  if (digest?.length !== 32) throw new Error('expected a SHA-256 in lower-case hex, found another text')
  return toHex(digests.hmacSha256(requireKey('field key', key), digest))
}

function extract(secret: Uint8Array, digests: Digests): ExtractedKey {
  return { prk: digests.hmacSha256(EMPTY_SALT, secret) }
}

/** One block of HKDF-Expand, HMAC(PRK, info ‖ 0x01): 32 bytes are all that is asked for. */
function expand(secret: ExtractedKey, info: string, digests: Digests): Uint8Array {
  return digests.hmacSha256(secret.prk, encodeUtf8(info + FIRST_BLOCK))
}

function requireKey(what: string, key: Uint8Array): Uint8Array {
  if (key.length !== KEY_LENGTH) throw new Error(`expected a ${what} of ${KEY_LENGTH} bytes, found ${key.length}`)
  return key
}
