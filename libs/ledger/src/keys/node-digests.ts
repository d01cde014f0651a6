import { createHmac, createSecretKey, hash } from 'node:crypto'
import type { Digests } from '@annal/proof'

const BLOCK = 64
const LENGTH = 32
/** The longest message whose HMAC is made in place. */
const ROOM = 1024

/** Reused by every call of a thread: memory of their own would cost more than the hashing. */
const inner = Buffer.alloc(BLOCK + ROOM)
const outer = Buffer.alloc(BLOCK + LENGTH)

/** SHA-256 and HMAC by Node. The hex of a one-shot hash is several times cheaper to get than its bytes, and than an HMAC object. */
export const nodeDigests: Digests = {
  sha256: (bytes) => Buffer.from(hash('sha256', bytes, 'hex'), 'hex'),
  hmacSha256: (key, bytes) => {
    if (bytes.length > ROOM || key.length > BLOCK) return createHmac('sha256', createSecretKey(key)).update(bytes).digest()
    inner.set(bytes, BLOCK)
    return finish(key, bytes.length)
  },
}

/** HKDF-Expand (RFC 5869) to 32 bytes: HMAC-SHA-256(prk, UTF-8 of `info` ‖ 0x01). */
export function expand(prk: Uint8Array, info: string): Uint8Array {
  if (info.length * 3 >= ROOM) return nodeDigests.hmacSha256(prk, Buffer.from(`${info}\u0001`))
  const length = inner.write(info, BLOCK, 'utf8')
  inner[BLOCK + length] = 1
  return finish(prk, length + 1)
}

/** RFC 2104 over the message that stands in `inner` behind its first block. */
function finish(key: Uint8Array, length: number): Uint8Array {
  inner.fill(0x36, 0, BLOCK)
  outer.fill(0x5c, 0, BLOCK)
  for (let i = 0; i < key.length; i++) {
    const byte = key[i] ?? 0
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  }
  outer.write(hash('sha256', inner.subarray(0, BLOCK + length), 'hex'), BLOCK, 'hex')
  return Buffer.from(hash('sha256', outer, 'hex'), 'hex')
}
