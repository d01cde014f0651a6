import type { ContainerSink } from '../src/index.ts'

/** A container in memory. */
export class MemorySink implements ContainerSink {
  private bytes = new Uint8Array(1 << 16)
  private length = 0

  write(piece: Uint8Array): void {
    while (this.length + piece.length > this.bytes.length) {
      const grown = new Uint8Array(this.bytes.length * 2)
      grown.set(this.bytes)
      this.bytes = grown
    }
    this.bytes.set(piece, this.length)
    this.length += piece.length
  }

  rewrite(at: number, piece: Uint8Array): void {
    this.bytes.set(piece, at)
  }

  content(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }
}
