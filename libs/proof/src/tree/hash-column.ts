import { HASH_LENGTH } from './tree-hash.ts'

/** Hashes side by side in one piece of memory that doubles when it is full. */
export class HashColumn {
  length = 0
  private bytes = new Uint8Array(8 * HASH_LENGTH)

  push(hash: Uint8Array): void {
    if (hash.length !== HASH_LENGTH) throw new Error(`expected a hash of ${HASH_LENGTH} bytes, found ${hash.length}`)
    const at = this.length * HASH_LENGTH
    if (at === this.bytes.length) this.grow()
    this.bytes.set(hash, at)
    this.length++
  }

  at(index: number): Uint8Array {
    if (!(index >= 0 && index < this.length)) throw new Error(`expected a hash below ${this.length}, found ${index}`)
    return this.bytes.slice(index * HASH_LENGTH, (index + 1) * HASH_LENGTH)
  }

  private grow(): void {
    const grown = new Uint8Array(this.bytes.length * 2)
    grown.set(this.bytes)
    this.bytes = grown
  }
}
