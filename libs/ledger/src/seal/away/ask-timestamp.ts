import { randomBytes } from 'node:crypto'
import { toHex } from '@annal/proof'
import { nodeDigests } from '../../keys/node-digests.ts'

export type TimestampAnswer =
  /** `response`: the RFC 3161 response, DER. `time`: by the authority's clock. */
  | { readonly status: 'stamped'; readonly response: Uint8Array; readonly time: string; readonly authority: string }
  | { readonly status: 'refused'; readonly reason: string }

const LONGEST_ANSWER = 256 * 1024

/**
 * Asks a timestamp authority for SHA-256 of a note's text. The answer is checked to be about that text and to be of the certificate that it
 * brings; whether that certificate is anybody's to trust is for whoever verifies. Never throws.
 */
export async function askTimestamp(url: string, text: string, patience: number): Promise<TimestampAnswer> {
  const digest = nodeDigests.sha256(Buffer.from(text))
  const nonce = randomBytes(8)
  try {
    // ASN.1 takes memory that only those pay who ask for timestamps.
    const { embeddedCertificates, timestampRequest, verifyTimestamp } = await import('@annal/proof/timestamp')
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: new Uint8Array(timestampRequest(digest, nonce)),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    const response = new Uint8Array(await answer.arrayBuffer())
    if (answer.status !== 200 || response.length > LONGEST_ANSWER)
      return refused(`it answered ${answer.status} and ${response.length} bytes`)
    const verified = await verifyTimestamp(response, digest, embeddedCertificates(response))
    if (verified.status === 'refused') return verified
    const { nonce: echoed, time, authority } = verified.timestamp
    if (!echoed?.endsWith(toHex(nonce))) return refused('it answered another request')
    return { status: 'stamped', response, time, authority }
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}

function refused(reason: string): TimestampAnswer {
  return { status: 'refused', reason }
}
