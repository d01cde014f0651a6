import { HASH_LENGTH } from '../tree/tree-hash.ts'
import { MOST_HASHES_A_GAP } from '../tree/verify-leaves.ts'

const ENOUGH = MOST_HASHES_A_GAP * HASH_LENGTH

/** Hashes side by side, read as they are needed: a gap between two leaves is always served without waiting. */
export class HashReader {
  private readonly chunks: AsyncIterator<Uint8Array>
  private buffer: Uint8Array = new Uint8Array(0)
  private at = 0
  private ended = false

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.chunks = chunks
  }

  /** False: `fill` must be awaited before `next` is called. */
  isReady(): boolean {
    return this.ended || this.buffer.length - this.at >= ENOUGH
  }

  async fill(): Promise<void> {
    while (!this.isReady()) {
      const { value, done } = await this.chunks.next()
      if (done === true) this.ended = true
      else this.push(value)
    }
  }

  /** Bytes of the beginning, or null when there are fewer. */
  async header(length: number): Promise<Uint8Array | null> {
    await this.fill()
    return this.take(length)
  }

  /** The next hash, good until `fill`, or null at the end. */
  readonly next = (): Uint8Array | null => this.take(HASH_LENGTH)

  /** Whether all bytes were taken. Reads on to the end, so that the member's digests are known. */
  async isSpent(): Promise<boolean> {
    const spent = this.at === this.buffer.length
    let more = false
    for (let step = await this.chunks.next(); step.done !== true; step = await this.chunks.next()) more ||= step.value.length > 0
    return spent && !more
  }

  private take(length: number): Uint8Array | null {
    if (this.at + length > this.buffer.length) return null
    this.at += length
    return this.buffer.subarray(this.at - length, this.at)
  }

  private push(chunk: Uint8Array): void {
    const joined = new Uint8Array(this.buffer.length - this.at + chunk.length)
    joined.set(this.buffer.subarray(this.at))
    joined.set(chunk, this.buffer.length - this.at)
    this.buffer = joined
    this.at = 0
  }
}
