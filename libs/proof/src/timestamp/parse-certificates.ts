import { Certificate } from 'pkijs'
import { parseBase64 } from '../bytes/base64.ts'
import { decodeUtf8 } from '../bytes/utf8.ts'
import { bufferOf } from './buffer-of.ts'

const PEM = /-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END CERTIFICATE-----/g

/** The X.509 certificates in a file, each as DER: one DER certificate, or any number in PEM. Null when there is none, or a broken one. */
export function parseCertificates(file: Uint8Array): Uint8Array[] | null {
  const text = decodeUtf8(file)
  const blocks =
    text.status === 'decoded' ? [...text.text.matchAll(PEM)].map(([, base64 = '']) => parseBase64(base64.replaceAll(/\s/g, ''))) : []
  const certificates = blocks.length > 0 ? blocks : [file]
  const whole = certificates.filter((der) => der !== null && readCertificate(der) !== null)
  return whole.length === certificates.length ? whole.filter((der) => der !== null) : null
}

export function readCertificate(der: Uint8Array): Certificate | null {
  try {
    return Certificate.fromBER(bufferOf(der))
  } catch {
    return null
  }
}
