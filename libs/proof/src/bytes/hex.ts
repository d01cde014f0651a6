import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

const DIGEST = /^[0-9a-f]{64}$/
const LOWER_HEX = /^(?:[0-9a-f]{2})*$/

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/** The bytes of lower-case hex, or null: upper case, odd length and anything else are refused. */
export function parseHex(text: string): Uint8Array | null {
  return LOWER_HEX.test(text) ? hexToBytes(text) : null
}

/** True for 64 lower-case hex digits: how digests, tokens, keys and commitments of 32 bytes are written in JSON. */
export function isHex32(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value)
}
