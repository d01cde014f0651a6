/**
 * # Timestamps
 *
 * A timestamping authority (TSA, RFC 3161) signs a digest together with its clock. Over a tree head that says: this history existed then.
 * Whoever rewrites it later can sign a new head, but not get it dated back.
 *
 * The token is a CMS signature (RFC 5652) over a TSTInfo. What must hold, and is checked here in this order: the response grants a token;
 * its bytes are DER; it is about this digest; it names its signer's certificate in a signed attribute (ESS, RFC 5816), so that nobody can put
 * another certificate beside it; that certificate is a given one, or issued by a given one, is for timestamping and nothing else, and
 * was valid at the time; the signature is its own; no further certificates were put into the token that don't lead to it.
 */

import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { BaseBlock, OctetString } from 'asn1js'
import {
  type Attribute,
  Certificate,
  ContentInfo,
  ExtKeyUsage,
  getCrypto,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
  TimeStampResp,
  TSTInfo,
} from 'pkijs'
import { equalBytes } from '../bytes/equal-bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { bufferOf } from './buffer-of.ts'
import { readCertificate } from './parse-certificates.ts'

export interface Timestamp {
  /** The authority's clock, as an instant. */
  readonly time: string
  /** Hex. */
  readonly serial: string
  /** The authority's policy, an object identifier. */
  readonly policy: string
  /** Hex of the nonce, or null: what a requester compares with his own. */
  readonly nonce: string | null
  /** Its subject as text. */
  readonly authority: string
}

export type VerifiedTimestamp =
  | { readonly status: 'verified'; readonly timestamp: Timestamp }
  /** `unknown-authority`: whole and about this digest, but nobody given vouches for its certificate. */
  | { readonly status: 'refused'; readonly problem: 'unknown-authority' | 'invalid'; readonly reason: string }

const GRANTED = 0
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'
/** rsaEncryption, RSA with SHA-256, -384, -512, ECDSA with the same. */
const SIGNATURES: readonly string[] = [
  '1.2.840.113549.1.1.1',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
]
const EXTENDED_KEY_USAGE = '2.5.29.37'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const BASIC_CONSTRAINTS = '2.5.29.19'
const HASHES: Readonly<Record<string, { readonly name: string; readonly length: number }>> = {
  '2.16.840.1.101.3.4.2.1': { name: 'SHA-256', length: 32 },
  '2.16.840.1.101.3.4.2.2': { name: 'SHA-384', length: 48 },
  '2.16.840.1.101.3.4.2.3': { name: 'SHA-512', length: 64 },
}

const HASHES_BY_NAME: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
}

/**
 * What a TSA said of a digest, if one of the given certificates vouches for it.
 * @param response DER of a TimeStampResp. @param digest SHA-256 (or by its length -384, -512) of what was timestamped.
 * @param certificates DER: the authority's own, or of who issued it.
 */
export async function verifyTimestamp(
  response: Uint8Array,
  digest: Uint8Array,
  certificates: readonly Uint8Array[],
): Promise<VerifiedTimestamp> {
  try {
    const token = readToken(response)
    requireImprint(token.info, digest)
    const signer = await signerOf(token, certificates)
    requireForTimestamps(signer, token.info.genTime)
    requireOneReading(token, signer)
    await requireSignature(token, signer)
    return { status: 'verified', timestamp: timestampOf(token.info, signer) }
  } catch (error) {
    // The libraries throw on any broken structure; whatever it was, this is no timestamp that can be believed.
    const problem = error instanceof UnknownAuthority ? 'unknown-authority' : 'invalid'
    return { status: 'refused', problem, reason: error instanceof Error ? error.message : String(error) }
  }
}

class UnknownAuthority extends Error {
  override readonly name = 'UnknownAuthority'
}

interface Token {
  readonly signed: SignedData
  readonly signerInfo: SignerInfo
  readonly info: TSTInfo
  /** DER of the TSTInfo, as it was signed. */
  readonly content: ArrayBuffer
  readonly embedded: readonly Certificate[]
}

function readToken(response: Uint8Array): Token {
  const parsed = TimeStampResp.fromBER(bufferOf(response))
  if (!equalBytes(new Uint8Array(parsed.toSchema().toBER(false)), response))
    throw new Error('expected DER of a timestamp response, found other bytes')
  if (parsed.status.status !== GRANTED) throw new Error(`expected a timestamp that was granted, found status ${parsed.status.status}`)
  if (parsed.timeStampToken?.contentType !== SIGNED_DATA) throw new Error('expected signed data in the response, found none')
  const signed = new SignedData({ schema: new ContentInfo({ schema: parsed.timeStampToken.toSchema() }).content })
  const [signerInfo, ...others] = signed.signerInfos
  if (signerInfo === undefined || others.length > 0) throw new Error(`expected one signature, found ${signed.signerInfos.length}`)
  if (signed.encapContentInfo.eContentType !== TST_INFO) throw new Error('expected a TSTInfo, found other content')
  const content = octetsOf(signed.encapContentInfo.eContent)
  const embedded = (signed.certificates ?? []).filter((certificate) => certificate instanceof Certificate)
  if (embedded.length !== (signed.certificates ?? []).length) throw new Error('expected only X.509 certificates, found others')
  return { signed, signerInfo, info: TSTInfo.fromBER(content), content, embedded }
}

/** The bytes of an octet string, also where its parts were written one by one. */
function octetsOf(block: OctetString | undefined): ArrayBuffer {
  if (block === undefined) throw new Error('expected the timestamp in the token, found none')
  return block.getValue()
}

function requireImprint({ messageImprint, version }: TSTInfo, digest: Uint8Array): void {
  const hash = HASHES[messageImprint.hashAlgorithm.algorithmId]
  if (version !== 1) throw new Error(`expected version 1, found ${version}`)
  if (hash?.length !== digest.length) throw new Error(`expected a digest of ${digest.length} bytes, found ${hash?.name ?? 'another hash'}`)
  if (!equalBytes(new Uint8Array(messageImprint.hashedMessage.getValue()), digest)) {
    throw new Error('expected a timestamp of this tree head, found one of something else')
  }
}

/** The certificate that the signed attributes name, if it is given or was issued by a given one. */
async function signerOf(token: Token, given: readonly Uint8Array[]): Promise<Certificate> {
  const trusted = given.map(requireCertificate)
  const candidates = [...trusted, ...token.embedded]
  for (const candidate of candidates) {
    if (!isNamed(candidate, token.signerInfo)) continue
    const issuers = await chainOf(candidate, token.embedded)
    await requireOnChain(token.embedded, [candidate, ...issuers])
    if (await isVouchedFor(candidate, trusted)) return candidate
    throw new UnknownAuthority(`expected a given authority, found ${nameOf(candidate)}`)
  }
  throw new Error('expected the certificate that the token names, found others')
}

function requireCertificate(der: Uint8Array): Certificate {
  const certificate = readCertificate(der)
  if (certificate === null) throw new Error('expected a certificate in DER, found other bytes')
  return certificate
}

function isNamed(certificate: Certificate, signerInfo: SignerInfo): boolean {
  const der = certificate.toSchema().toBER(false)
  const v2 = attribute(signerInfo, SIGNING_CERTIFICATE_V2)
  if (v2 !== null) {
    const [hash, digest] = essHash(v2)
    return equalBytes(digestOf(hash, der), digest)
  }
  const v1 = attribute(signerInfo, SIGNING_CERTIFICATE)
  if (v1 === null) throw new Error('expected the token to name its certificate, found no such attribute')
  return equalBytes(sha1(new Uint8Array(der)), essHash(v1)[1])
}

/** Of the first ESSCertID(v2): the hash's name, SHA-256 where it isn't told, and the certificate's hash. */
function essHash(value: BaseBlock): [hash: string, digest: Uint8Array] {
  // SigningCertificate(V2) ::= SEQUENCE { certs SEQUENCE OF ESSCertID(v2), … }
  const [algorithm, digest] = essParts(firstOf(firstOf(value)[0])[0])
  if (digest === undefined) throw new Error('expected the hash of a certificate in the token, found none')
  return [algorithm ?? 'SHA-256', digest]
}

function essParts(essCertId: BaseBlock | undefined): [string | undefined, Uint8Array | undefined] {
  const parts = firstOf(essCertId)
  const octets = parts.find((part) => part instanceof OctetString)
  const [first] = parts
  const oid = first instanceof OctetString ? undefined : firstOf(first)[0]?.valueBlock.toString()
  const hash = oid === undefined ? undefined : HASHES[oid]?.name
  if (oid !== undefined && hash === undefined) throw new Error(`expected a hash of the SHA-2 family, found ${oid}`)
  return [hash, octets === undefined ? undefined : new Uint8Array(octets.getValue())]
}

/** What stands in a constructed block. */
function firstOf(block: BaseBlock | undefined): readonly BaseBlock[] {
  const value: unknown = block === undefined ? undefined : Reflect.get(block.valueBlock, 'value')
  return Array.isArray(value) ? value : []
}

/** The embedded certificates that lead from this one to its root. */
async function chainOf(certificate: Certificate, embedded: readonly Certificate[]): Promise<Certificate[]> {
  const chain: Certificate[] = []
  let current = certificate
  while (chain.length < embedded.length) {
    const issuer = await issuerOf(current, embedded)
    if (issuer === null || issuer === current || chain.includes(issuer)) break
    chain.push(issuer)
    current = issuer
  }
  return chain
}

async function issuerOf(certificate: Certificate, candidates: readonly Certificate[]): Promise<Certificate | null> {
  for (const candidate of candidates) {
    if (candidate.subject.isEqual(certificate.issuer) && (await isSignedBy(certificate, candidate))) return candidate
  }
  return null
}

async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  try {
    return await certificate.verify(issuer)
  } catch {
    // A signature of another kind of key than the issuer's: not the issuer's.
    return false
  }
}

async function requireOnChain(embedded: readonly Certificate[], chain: readonly Certificate[]): Promise<void> {
  const known = chain.map(derOf)
  const stranger = embedded.find((certificate) => !known.some((der) => equalBytes(der, derOf(certificate))))
  if (stranger !== undefined) throw new Error(`expected only the authority's certificates in the token, found one of ${nameOf(stranger)}`)
}

async function isVouchedFor(certificate: Certificate, trusted: readonly Certificate[]): Promise<boolean> {
  const der = derOf(certificate)
  if (trusted.some((other) => equalBytes(derOf(other), der))) return true
  const issuer = await issuerOf(certificate, trusted.filter(isAuthority))
  return issuer !== null && isValidAt(issuer, certificate.notBefore.value)
}

function isAuthority(certificate: Certificate): boolean {
  const constraints: unknown = certificate.extensions?.find(({ extnID }) => extnID === BASIC_CONSTRAINTS)?.parsedValue
  return typeof constraints === 'object' && constraints !== null && Reflect.get(constraints, 'cA') === true
}

/** RFC 3161 §2.3: one purpose, marked critical. */
function requireForTimestamps(certificate: Certificate, time: Date): void {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE)
  const purposes = usage?.parsedValue instanceof ExtKeyUsage ? usage.parsedValue.keyPurposes : []
  if (usage?.critical !== true || purposes.length !== 1 || purposes[0] !== TIME_STAMPING) {
    throw new Error(`expected a certificate for timestamps alone, found ${nameOf(certificate)}`)
  }
  if (!isValidAt(certificate, time))
    throw new Error(`expected a certificate that was valid at ${time.toISOString()}, found ${nameOf(certificate)}`)
}

function isValidAt(certificate: Certificate, time: Date): boolean {
  return certificate.notBefore.value <= time && time <= certificate.notAfter.value
}

/** What isn't signed must at least not contradict what is. */
function requireOneReading({ signed, signerInfo }: Token, signer: Certificate): void {
  if (signed.version !== 3 || signerInfo.version !== 1)
    throw new Error('expected signed data of version 3 with one signer of version 1, found others')
  const [algorithm, ...others] = signed.digestAlgorithms
  if (algorithm === undefined || others.length > 0 || !sameDer(algorithm, signerInfo.digestAlgorithm)) {
    throw new Error("expected the signature's hash alone, found others")
  }
  if (!SIGNATURES.includes(signerInfo.signatureAlgorithm.algorithmId)) throw new Error('expected RSA or ECDSA, found another signature')
  const sid: unknown = signerInfo.sid
  if (!(sid instanceof IssuerAndSerialNumber && sameDer(sid.issuer, signer.issuer) && sid.serialNumber.isEqual(signer.serialNumber))) {
    throw new Error('expected the signer to be named by issuer and serial number, found another')
  }
  if (signerInfo.unsignedAttrs !== undefined) throw new Error('expected no unsigned attributes, found some')
}

async function requireSignature({ signed, signerInfo, content }: Token, signer: Certificate): Promise<void> {
  const hash = HASHES[signerInfo.digestAlgorithm.algorithmId]
  const attributes = signerInfo.signedAttrs
  if (hash === undefined || attributes === undefined)
    throw new Error('expected signed attributes and a hash of the SHA-2 family, found others')
  const digest = attribute(signerInfo, MESSAGE_DIGEST)
  const found = digestOf(hash.name, content)
  if (!(digest instanceof OctetString) || !equalBytes(new Uint8Array(digest.getValue()), found)) {
    throw new Error('expected the digest of the timestamp in its signed attributes, found another')
  }
  if (attribute(signerInfo, CONTENT_TYPE)?.valueBlock.toString() !== signed.encapContentInfo.eContentType) {
    throw new Error('expected the type of the content in its signed attributes, found another')
  }
  const key = signer.subjectPublicKeyInfo
  const message = new Uint8Array(attributes.encodedValue)
  if (!(await getCrypto(true).verifyWithPublicKey(message, signerInfo.signature, key, signerInfo.signatureAlgorithm, hash.name))) {
    throw new Error(`expected a signature of ${nameOf(signer)}, found other bytes`)
  }
}

/** The one value of a signed attribute. */
function attribute({ signedAttrs }: SignerInfo, type: string): BaseBlock | null {
  const found: Attribute[] = signedAttrs?.attributes.filter((it) => it.type === type) ?? []
  const [only, ...others] = found.flatMap(({ values }): BaseBlock[] => values)
  if (found.length > 1 || others.length > 0) throw new Error(`expected one attribute ${type}, found more`)
  return only ?? null
}

function timestampOf({ genTime, serialNumber, policy, nonce }: TSTInfo, signer: Certificate): Timestamp {
  return {
    time: genTime.toISOString(),
    serial: toHex(new Uint8Array(serialNumber.valueBlock.valueHexView)),
    policy,
    nonce: nonce === undefined ? null : toHex(new Uint8Array(nonce.valueBlock.valueHexView)),
    authority: nameOf(signer),
  }
}

function nameOf({ subject }: Certificate): string {
  return subject.typesAndValues.map(({ value }) => String(value.valueBlock.value)).join(', ') || 'a certificate without a name'
}

function derOf(value: { toSchema(): unknown }): Uint8Array {
  const schema = value.toSchema()
  if (!(schema instanceof BaseBlock)) throw new Error('expected an ASN.1 structure, found something else')
  return new Uint8Array(schema.toBER(false))
}

function sameDer(a: { toSchema(): unknown }, b: { toSchema(): unknown }): boolean {
  return equalBytes(derOf(a), derOf(b))
}

function digestOf(hash: string, bytes: ArrayBuffer): Uint8Array {
  const of = HASHES_BY_NAME[hash]
  if (of === undefined) throw new Error(`expected a hash of the SHA-2 family, found ${hash}`)
  return of(new Uint8Array(bytes))
}
