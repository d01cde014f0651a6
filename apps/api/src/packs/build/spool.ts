import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'

const PIECE = 0x10000

/** Text that is written while the events pass by, and read when its turn in the pack comes. */
export class Spool {
  private readonly file: number
  private pending: string[] = []
  private length = 0

  private readonly path: string

  constructor(path: string) {
    this.path = path
    this.file = openSync(path, 'w+', 0o600)
  }

  write(text: string): void {
    this.pending.push(text)
    this.length += text.length
    if (this.length >= PIECE) this.flush()
  }

  /** Each piece stands in the same memory: it must be used up before the next is asked for. */
  *content(): Generator<Uint8Array> {
    this.flush()
    const piece = new Uint8Array(PIECE)
    for (let at = 0; ; ) {
      const length = readSync(this.file, piece, 0, PIECE, at)
      if (length === 0) return
      at += length
      yield piece.subarray(0, length)
    }
  }

  remove(): void {
    closeSync(this.file)
    rmSync(this.path, { force: true })
  }

  private flush(): void {
    const text = this.pending.join('')
    if (text !== '') writeFileSync(this.file, text)
    this.pending = []
    this.length = 0
  }
}
