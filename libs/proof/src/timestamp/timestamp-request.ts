import { Integer, Null, OctetString } from 'asn1js'
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs'
import { bufferOf } from './buffer-of.ts'

export const SHA_256 = '2.16.840.1.101.3.4.2.1'
const SHA_256_LENGTH = 32

/**
 * What is sent to a timestamping authority (RFC 3161 §2.4.1, `application/timestamp-query`): DER of a TimeStampReq that asks for the
 * authority's certificate too.
 * @param digest SHA-256 of what is to be timestamped; for a tree head, of its note's text. @param nonce random; 8 bytes are usual.
 */
export function timestampRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (digest.length !== SHA_256_LENGTH) throw new Error(`expected a SHA-256 of ${SHA_256_LENGTH} bytes, found ${digest.length}`)
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA_256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: bufferOf(digest) }),
    }),
    // In front of it a zero byte: it is read as a positive number.
    nonce: new Integer({ valueHex: bufferOf(Uint8Array.of(0, 1, ...nonce)) }).convertToDER(),
    certReq: true,
  })
  return new Uint8Array(request.toSchema().toBER(false))
}
