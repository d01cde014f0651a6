import { encodeUtf8 } from '../bytes/utf8.ts'
import type { Digests } from '../digests.ts'
import { type PackVerdict, verdict } from './verdict.ts'

/** `verifyTimestamp` of `@annal/proof/timestamp`, which is given in so that who needs no timestamps needs no ASN.1. */
export type TimestampCheck = (
  response: Uint8Array,
  digest: Uint8Array,
  certificates: readonly Uint8Array[],
) => Promise<
  | { readonly status: 'verified'; readonly timestamp: { readonly time: string; readonly authority: string } }
  | { readonly status: 'refused'; readonly problem: 'unknown-authority' | 'invalid'; readonly reason: string }
>

export interface Timestamped {
  readonly verdict: PackVerdict
  /** The earliest time at which an authority from outside saw the head, as an instant; null for none. */
  readonly time: string | null
}

/**
 * What authorities say of the head. @param headText what is signed of the head's note: its SHA-256 is what was timestamped.
 */
export async function checkTimestamps(
  responses: readonly { readonly file: string; readonly bytes: Uint8Array }[],
  headText: string,
  {
    check,
    certificates,
    digests,
  }: { readonly check: TimestampCheck | null; readonly certificates: readonly Uint8Array[]; readonly digests: Digests },
): Promise<Timestamped> {
  if (responses.length === 0)
    return { verdict: verdict('not-claimed', 'the pack has no timestamp: when the head was signed rests on the signer'), time: null }
  if (check === null) return { verdict: verdict('unknown', 'timestamps are in the pack, and this verifier can not read them'), time: null }
  const digest = digests.sha256(encodeUtf8(headText))
  const known: { readonly time: string; readonly authority: string }[] = []
  let unknown = ''
  for (const { file, bytes } of responses) {
    const checked = await check(bytes, digest, certificates)
    if (checked.status === 'verified') known.push(checked.timestamp)
    else if (checked.problem === 'unknown-authority') unknown = checked.reason
    else return { verdict: verdict('fails', `${file}: ${checked.reason}`, { file }), time: null }
  }
  const earliest = known.toSorted((a, b) => (a.time < b.time ? -1 : 1))[0]
  if (earliest === undefined)
    return {
      verdict: verdict('partial', `nobody you named vouches for the timestamp (${unknown}): name the authority's certificate`),
      time: null,
    }
  return { verdict: verdict('holds', `the head existed at ${earliest.time}, says ${earliest.authority}`), time: earliest.time }
}
