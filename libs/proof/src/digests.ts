import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** The two hash functions that all of the record rests on. Both return 32 bytes. */
export interface Digests {
  readonly sha256: (bytes: Uint8Array) => Uint8Array
  readonly hmacSha256: (key: Uint8Array, bytes: Uint8Array) => Uint8Array
}

/** In JavaScript alone: the same in Node and in every browser. */
export const nobleDigests: Digests = {
  sha256: (bytes) => sha256(bytes),
  hmacSha256: (key, bytes) => hmac(sha256, key, bytes),
}

const BLOCK = 64
const LENGTH = 32
/** Messages up to this length are padded in place; longer ones get memory of their own. */
const SHORT = 1024

/**
 * Digests on a runtime's own SHA-256. HMAC (RFC 2104) is made of two calls of it, which beats a runtime's HMAC object where that
 * is dear to build and a one-shot hash is cheap, as in Node. Keys are at most 64 bytes, as all keys of the record are.
 * @param sha256 reads its argument before it returns and keeps no hold of it; each result is memory of its own.
 */
export function digestsFrom(sha256: (bytes: Uint8Array) => Uint8Array): Digests {
  const short = new Uint8Array(BLOCK + SHORT)
  const outer = new Uint8Array(BLOCK + LENGTH)
  return {
    sha256,
    hmacSha256: (key, bytes) => {
      const inner = bytes.length > SHORT ? new Uint8Array(BLOCK + bytes.length) : short.subarray(0, BLOCK + bytes.length)
      pad(inner, key, 0x36)
      inner.set(bytes, BLOCK)
      pad(outer, key, 0x5c)
      outer.set(sha256(inner), BLOCK)
      return sha256(outer)
    },
  }
}

function pad(block: Uint8Array, key: Uint8Array, filler: number): void {
  if (key.length > BLOCK) throw new Error(`expected an HMAC key of at most ${BLOCK} bytes, found ${key.length}`)
  for (let i = 0; i < BLOCK; i++) block[i] = (i < key.length ? (key[i] ?? 0) : 0) ^ filler
}

/** A SHA-256 that takes its message piece by piece, for what is too long to hold. */
export interface RunningDigest {
  update(bytes: Uint8Array): unknown
  /** 32 bytes. Called once, at the end. */
  digest(): Uint8Array
}

/** In JavaScript alone. Node's `() => createHash('sha256')` does the same faster. */
export const nobleRunningSha256 = (): RunningDigest => sha256.create()
