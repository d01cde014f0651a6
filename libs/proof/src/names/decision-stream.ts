import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Digests, nobleDigests } from '../digests.ts'

/**
 * The id part of the stream that a decision and its reviews go to: `<system>~<UTC date>~<h>`, h = first hex digit of SHA-256 of the
 * decision's id. Sixteen streams a day and system, so that a busy system isn't one hot stream.
 * @param decidedOn UTC date, `YYYY-MM-DD`.
 */
export function decisionStreamId(system: string, decidedOn: string, decisionId: string, digests: Digests = nobleDigests): string {
  return `${system}~${decidedOn}~${toHex(digests.sha256(encodeUtf8(decisionId))).charAt(0)}`
}
