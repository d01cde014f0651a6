import { hash } from 'node:crypto'
import { HASH_LENGTH, SALT_LENGTH } from '@annal/proof'

/*
 * Two hashes of `@annal/proof`, result for result (a test compares them), for the path that every event takes: without memory of their own
 * for what is hashed, and in hex where the hex of a hash is wanted.
 */

const DOMAIN = Buffer.from('annal/event/v1\0')
const committed = Buffer.concat([DOMAIN, Buffer.alloc(SALT_LENGTH + HASH_LENGTH)])

/** As `commitment`. */
export function commitmentOf(salt: Uint8Array, bytes: Uint8Array): string {
  if (salt.length !== SALT_LENGTH) throw new Error(`expected a salt of ${SALT_LENGTH} bytes, found ${salt.length}`)
  committed.set(salt, DOMAIN.length)
  committed.write(hash('sha256', bytes, 'hex'), DOMAIN.length + SALT_LENGTH, 'hex')
  return hash('sha256', committed, 'hex')
}

/** As `entryBytes` and `leafHash`. `bytes` are good until the next call. */
export class LeafWriter {
  #preimage = Buffer.alloc(1024)

  write(entryText: string): { readonly bytes: Uint8Array; readonly hash: Uint8Array } {
    if (entryText.length >= this.#preimage.length) this.#preimage = Buffer.alloc(2 * entryText.length)
    const end = 1 + this.#preimage.write(entryText, 1, 'latin1')
    const leaf = Buffer.from(hash('sha256', this.#preimage.subarray(0, end), 'hex'), 'hex')
    return { bytes: this.#preimage.subarray(1, end), hash: leaf }
  }
}
