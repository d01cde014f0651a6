const LINE_FEED = 0x0a
const BLANKS = new Set(Buffer.from(' \t\r'))
const BYTE_ORDER_MARK = Buffer.from('\ufeff')

export interface NumberedLine {
  /** From 1. */
  readonly number: number
  /** Without its end; null where it is longer than may be held in memory. */
  readonly bytes: Buffer | null
}

/** The lines of a text in which something stands, as they come; a byte order mark at its beginning is left out. */
export async function* numberedLines(chunks: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<NumberedLine> {
  let line = new OpenLine(longest)
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    let from = 0
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      line.add(bytes.subarray(from, end))
      if (!line.isBlank) yield line.ended()
      line = new OpenLine(longest, line.number + 1)
      from = end + 1
    }
    line.add(bytes.subarray(from))
  }
  if (!line.isBlank) yield line.ended()
}

/** A line whose end has not come. Its parts are put together once: it may come in thousands of them. */
class OpenLine {
  readonly number: number
  isBlank = true
  readonly #longest: number
  #parts: Buffer[] = []
  #length = 0

  constructor(longest: number, number = 1) {
    this.#longest = longest
    this.number = number
  }

  add(part: Buffer): void {
    this.isBlank &&= part.every((byte) => BLANKS.has(byte))
    this.#length += part.length
    if (this.#length > this.#longest) this.#parts = []
    else this.#parts.push(part)
  }

  ended(): NumberedLine {
    const { number } = this
    if (this.#length > this.#longest) return { number, bytes: null }
    const bytes = Buffer.concat(this.#parts)
    const hasMark = number === 1 && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    return { number, bytes: hasMark ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes }
  }
}
