import { Certificate, ContentInfo, SignedData, TimeStampResp } from 'pkijs'
import { bufferOf } from './buffer-of.ts'

/**
 * The certificates that a response brings along (DER), none for anything else. They vouch for nothing: under them it can be checked only
 * that a response is in itself whole.
 */
export function embeddedCertificates(response: Uint8Array): Uint8Array[] {
  try {
    const { timeStampToken } = TimeStampResp.fromBER(bufferOf(response))
    if (timeStampToken === undefined) return []
    const signed = new SignedData({ schema: new ContentInfo({ schema: timeStampToken.toSchema() }).content })
    return (signed.certificates ?? []).flatMap((it) => (it instanceof Certificate ? [new Uint8Array(it.toSchema().toBER(false))] : []))
  } catch {
    return [] // Whatever broke the structure: it brings no certificate.
  }
}
