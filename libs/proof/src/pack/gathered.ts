const PIECE = 0x10000

/** The same bytes in larger pieces: many small writes cost more than their bytes. */
export async function* gathered(parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(PIECE)
  let length = 0
  for await (const part of parts) {
    if (length + part.length > PIECE && length > 0) {
      yield piece.subarray(0, length)
      piece = new Uint8Array(PIECE)
      length = 0
    }
    if (part.length > PIECE) yield part
    else {
      piece.set(part, length)
      length += part.length
    }
  }
  if (length > 0) yield piece.subarray(0, length)
}
