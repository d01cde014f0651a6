import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import type { ContainerSink } from '@annal/proof'

const PIECE = 2 ** 20

/** The file that a pack is written to. */
export class PackFile implements ContainerSink {
  private readonly file: number
  private length = 0

  constructor(path: string) {
    this.file = openSync(path, 'w+', 0o600)
  }

  write(bytes: Uint8Array): void {
    this.put(bytes, this.length)
    this.length += bytes.length
  }

  rewrite(at: number, bytes: Uint8Array): void {
    this.put(bytes, at)
  }

  /** Makes it durable. Returns its length and its SHA-256 in hex. */
  end(): { readonly bytes: number; readonly sha256: string } {
    fsyncSync(this.file)
    const hash = createHash('sha256')
    const piece = new Uint8Array(PIECE)
    for (let at = 0; at < this.length; ) {
      const length = readSync(this.file, piece, 0, PIECE, at)
      if (length === 0) throw new Error(`expected a pack of ${this.length} bytes, found its end at ${at}`)
      hash.update(piece.subarray(0, length))
      at += length
    }
    closeSync(this.file)
    return { bytes: this.length, sha256: hash.digest('hex') }
  }

  private put(bytes: Uint8Array, at: number): void {
    for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written, bytes.length - written, at + written)
  }
}
