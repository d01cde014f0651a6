import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OpensslTsa, opensslIsThere, type TsaKey } from '../../vectors/openssl-tsa.ts'
import { vectorBytes, vectorsAreThere } from '../../vectors/published-vectors.ts'
import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { nobleDigests } from '../digests.ts'
import { parseCertificates } from './parse-certificates.ts'
import { timestampRequest } from './timestamp-request.ts'
import { verifyTimestamp } from './verify-timestamp.ts'

const digest = nobleDigests.sha256(encodeUtf8('log.example\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'))
const NONCE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const certificatesIn = (pem: Uint8Array) => parseCertificates(pem) ?? []
const outcome = async (...args: Parameters<typeof verifyTimestamp>) => {
  const verified = await verifyTimestamp(...args)
  return verified.status === 'refused' ? verified.reason : verified.status
}

describe.skipIf(!opensslIsThere).each<TsaKey>(['rsa', 'p256', 'p384'])('a timestamp of an authority with a key of type %s', (key) => {
  let tsa: OpensslTsa
  let response: Uint8Array
  beforeAll(() => {
    tsa = new OpensslTsa(key)
    response = tsa.answer(timestampRequest(digest, NONCE))
  })
  afterAll(() => tsa.close())

  test('is what was asked for, at about now, under its own certificate or that of its issuer', async () => {
    for (const pem of [tsa.certificate, tsa.issuer]) {
      const verified = await verifyTimestamp(response, digest, certificatesIn(pem))
      if (verified.status === 'refused') throw new Error(verified.reason)
      expect(Math.abs(Date.parse(verified.timestamp.time) - Date.now())).toBeLessThan(120_000)
      expect(verified.timestamp).toMatchObject({ policy: '1.2.3.4.1', authority: 'Example, Example TSA' })
      expect(verified.timestamp.nonce?.endsWith(toHex(NONCE))).toBe(true)
    }
  })

  test('is refused for anything else, and without anybody who vouches for it', async () => {
    expect(await outcome(response, nobleDigests.sha256(digest), certificatesIn(tsa.certificate))).toMatch(/found one of something else/)
    expect(await outcome(response, digest.subarray(1), certificatesIn(tsa.certificate))).toMatch(/expected a digest of 31 bytes/)
    expect(await outcome(response, digest, [])).toMatch(/expected a given authority, found Example, Example TSA/)
    const other = new OpensslTsa(key)
    expect(await outcome(response, digest, certificatesIn(other.certificate))).toMatch(/expected a given authority/)
    expect(await outcome(response, digest, certificatesIn(other.issuer))).toMatch(/expected a given authority/)
    other.close()
  })

  test('with one byte changed anywhere is refused, or says the very same: parameters of algorithms are not signed', async () => {
    const certificates = certificatesIn(tsa.certificate)
    const whole = await verifyTimestamp(response, digest, certificates)
    const step = key === 'p256' ? 1 : 7
    let accepted = 0
    for (let at = 0; at < response.length; at += step) {
      const bent = await verifyTimestamp(
        response.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte)),
        digest,
        certificates,
      )
      if (bent.status === 'refused') continue
      expect(bent).toEqual(whole)
      accepted++
    }
    expect(accepted).toBeLessThanOrEqual(8)
    for (const bent of [response.subarray(1), response.subarray(0, -1), Uint8Array.of(...response, 0), new Uint8Array(0)]) {
      expect((await verifyTimestamp(bent, digest, certificates)).status).toBe('refused')
    }
  })
})

describe.skipIf(!opensslIsThere)('an authority', () => {
  test('reads what is asked of it', () => {
    const tsa = new OpensslTsa('p256')
    const read = tsa.describe(timestampRequest(digest, NONCE))
    expect(read).toMatch(/Hash Algorithm: sha256/)
    expect(read).toMatch(/Certificate required: yes/)
    expect(read).toMatch(/Nonce: 0x0*10102030405060708/i)
    tsa.close()
  })

  test.each(['serverAuth', 'critical,timeStamping,serverAuth', 'critical,codeSigning'])(
    'whose certificate is for %s is none',
    async (usage) => {
      const tsa = new OpensslTsa('p256')
      const request = timestampRequest(digest, NONCE)
      // openssl refuses to sign with such a certificate; the library's own check is what others rely on.
      const careless = () => new OpensslTsa('p256', usage).answer(request)
      expect(careless).toThrow()
      tsa.close()
    },
  )
})

describe.skipIf(!vectorsAreThere)('the published response with injected certificates', () => {
  const response = vectorsAreThere ? vectorBytes('rfc3161/pkg/verification/testdata/response-injected-certs.tsr') : new Uint8Array(0)

  test('is refused, whichever of its certificates is trusted', async () => {
    const sha512OfHello = await crypto.subtle.digest('SHA-512', Uint8Array.from(encodeUtf8('hello')))
    const reason = await outcome(response, new Uint8Array(sha512OfHello), [])
    expect(reason).toMatch(/expected only the authority's certificates in the token, found one of/)
  })
})

test('certificates are read from PEM and DER, and from nothing else', () => {
  expect(parseCertificates(encodeUtf8('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'))).toBeNull()
  expect(parseCertificates(new Uint8Array(0))).toBeNull()
  expect(parseCertificates(encodeUtf8('hello'))).toBeNull()
})

test('only a SHA-256 is timestamped', () => {
  expect(() => timestampRequest(new Uint8Array(20), NONCE)).toThrow(/expected a SHA-256 of 32 bytes, found 20/)
})
