/** Cuts chunks into lines. A line is a view that is good until the next call; its line end isn't part of it. */
export class LineReader {
  /** Number of the line returned last, from 1. */
  line = 0
  private readonly limit: number
  private chunk: Uint8Array = new Uint8Array(0)
  private at = 0

  /** @param limit of a line's length in bytes. */
  constructor(limit: number) {
    this.limit = limit
  }

  push(chunk: Uint8Array): void {
    const rest = this.chunk.subarray(this.at)
    if (rest.length === 0) this.chunk = chunk
    else {
      const joined = new Uint8Array(rest.length + chunk.length)
      joined.set(rest)
      joined.set(chunk, rest.length)
      this.chunk = joined
    }
    this.at = 0
  }

  /** The next whole line; null where more must be pushed first; 'too-long' when no line can be so long. */
  next(): Uint8Array | 'too-long' | null {
    const end = this.chunk.indexOf(0x0a, this.at)
    if (end === -1) return this.chunk.length - this.at > this.limit ? 'too-long' : null
    if (end - this.at > this.limit) return 'too-long'
    const line = this.chunk.subarray(this.at, end)
    this.at = end + 1
    this.line++
    return line
  }

  /** True when nothing stands behind the last line end. */
  isEmpty(): boolean {
    return this.at === this.chunk.length
  }
}
