import { concatBytes } from '@noble/hashes/utils.js'
import { parseBase64, toBase64 } from '../bytes/base64.ts'
import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Digests, nobleDigests } from '../digests.ts'
import { PUBLIC_KEY_LENGTH } from './ed25519.ts'
import { isKeyName } from './key-name.ts'

/** A public key under a name: what must be known from elsewhere before a note can be trusted. */
export interface VerifierKey {
  readonly name: string
  /** The first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key), big-endian. Short on purpose: it finds keys, it proves nothing. */
  readonly id: number
  readonly publicKey: Uint8Array
}

/** Signature types of C2SP signed-note: Ed25519 over the note's text, and over a cosignature of it with a time. */
const ED25519 = 0x01
const COSIGNATURE = 0x04
const WRITTEN = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u

/** @throws when the name can't stand in a note or the key isn't 32 bytes long. */
export function verifierKey(name: string, publicKey: Uint8Array, digests: Digests = nobleDigests): VerifierKey {
  return keyOfType(ED25519, name, publicKey, digests)
}

/** `<name>+<id in hex>+<base64 of 0x01 ‖ public key>` */
export function formatVerifierKey(key: VerifierKey): string {
  return written(ED25519, key)
}

/** The key that `formatVerifierKey` would write so, or null: other types of signature and ids that don't match are refused. */
export function parseVerifierKey(text: string, digests: Digests = nobleDigests): VerifierKey | null {
  return parseKeyOfType(ED25519, text, digests)
}

/** The key of a witness (C2SP tlog-cosignature). Its type makes another id of it, so that it can't pass for a log's. @throws as `verifierKey`. */
export function witnessKey(name: string, publicKey: Uint8Array, digests: Digests = nobleDigests): VerifierKey {
  return keyOfType(COSIGNATURE, name, publicKey, digests)
}

/** `<name>+<id in hex>+<base64 of 0x04 ‖ public key>` */
export function formatWitnessKey(key: VerifierKey): string {
  return written(COSIGNATURE, key)
}

/** The key that `formatWitnessKey` would write so, or null. */
export function parseWitnessKey(text: string, digests: Digests = nobleDigests): VerifierKey | null {
  return parseKeyOfType(COSIGNATURE, text, digests)
}

function keyOfType(type: number, name: string, publicKey: Uint8Array, digests: Digests): VerifierKey {
  if (!isKeyName(name)) throw new Error(`expected a name without space and plus, found ${JSON.stringify(name)}`)
  if (publicKey.length !== PUBLIC_KEY_LENGTH)
    throw new Error(`expected ${PUBLIC_KEY_LENGTH} bytes of public key, found ${publicKey.length}`)
  const hash = digests.sha256(concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(type), publicKey))
  return { name, id: new DataView(hash.buffer, hash.byteOffset).getUint32(0), publicKey }
}

function written(type: number, { name, id, publicKey }: VerifierKey): string {
  return `${name}+${keyIdHex(id)}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`
}

function parseKeyOfType(type: number, text: string, digests: Digests): VerifierKey | null {
  const [, name, , base64] = WRITTEN.exec(text) ?? []
  if (name === undefined || base64 === undefined || !isKeyName(name)) return null
  const material = parseBase64(base64)
  if (material?.length !== 1 + PUBLIC_KEY_LENGTH) return null
  const key = keyOfType(type, name, material.subarray(1), digests)
  return written(type, key) === text ? key : null
}

/** A key id as 8 hex digits. */
export function keyIdHex(id: number): string {
  return toHex(keyIdBytes(id))
}

export function keyIdBytes(id: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, id)
  return bytes
}
