import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { canonicalStrings } from '../json/canonical-strings.ts'
import { parseReference } from '../names/reference.ts'
import { parseStream } from '../names/stream.ts'

/**
 * The opening of one reference: HMAC-SHA-256(workspace index key, JCS `["annal/rk/v1", ref]`), in hex. Who is given it can
 * compute the reference's token and no other.
 * @param ref a reference, or the full name of a stream.
 */
export function referenceKey(indexKey: Uint8Array, ref: string, digests: Digests = nobleDigests): string {
  return toHex(digests.hmacSha256(indexKey, encodeUtf8(canonicalStrings(['annal/rk/v1', ref]))))
}

/** The token under which a reference stands in public: SHA-256(JCS `["annal/ref/v1", rk, ref]`), in hex. */
export function referenceToken(rk: string, ref: string, digests: Digests = nobleDigests): string {
  return toHex(digests.sha256(encodeUtf8(canonicalStrings(['annal/ref/v1', rk, ref]))))
}

/** False for persons and data subjects and their streams: nobody must be traceable in public. */
export function carriesToken(ref: string): boolean {
  const type = (parseReference(ref) ?? parseStream(ref))?.type
  if (type === undefined) throw new Error(`expected a reference or a stream's name, found ${JSON.stringify(ref)}`)
  return type !== 'person' && type !== 'subject'
}

/** What of an event stands in its entry as tokens: the stream's full name and each reference, less those that carry none. */
export function tokenedReferences(event: { readonly stream: string; readonly about: readonly string[] }): string[] {
  return [event.stream, ...event.about].filter(carriesToken)
}
