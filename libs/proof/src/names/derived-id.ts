import { toHex } from '../bytes/hex.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { canonicalBytes } from '../json/canonical-json.ts'
import type { JsonValue } from '../json/json-value.ts'

/**
 * The id of an event that came from outside or follows from another: the first 16 bytes of SHA-256(JCS `[domain, ...parts]`) as a
 * UUID of version 8 (RFC 9562). The same parts always give the same id, so the same message recorded twice is one event.
 */
export function derivedId(domain: string, parts: readonly JsonValue[], digests: Digests = nobleDigests): string {
  const hash = digests.sha256(canonicalBytes([domain, ...parts]))
  const hex = toHex(hash.subarray(0, 16))
  const variant = '89ab'.charAt(((hash[8] ?? 0) >>> 4) & 0b11)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
