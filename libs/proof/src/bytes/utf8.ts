const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 of a well-formed string. A lone surrogate would become U+FFFD: callers refuse those first. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

export type DecodedUtf8 =
  | { readonly status: 'decoded'; readonly text: string }
  /** `at`: offset of the byte that ends the last valid prefix. */
  | { readonly status: 'refused'; readonly at: number }

/** The text of `bytes`, or where they stop being UTF-8. Nothing is replaced, and a byte order mark stays a character. */
export function decodeUtf8(bytes: Uint8Array): DecodedUtf8 {
  try {
    return { status: 'decoded', text: decoder.decode(bytes) }
  } catch {
    return { status: 'refused', at: firstInvalidByte(bytes) }
  }
}

/** Bisects for the longest prefix that could still become UTF-8. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1
    if (couldBecomeUtf8(bytes.subarray(0, middle))) valid = middle
    else invalid = middle
  }
  return valid
}

function couldBecomeUtf8(prefix: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(prefix, { stream: true })
    return true
  } catch {
    return false
  }
}
