const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** RFC 4648 §4 with padding, where the unused bits of the last digit are zero: one text for one sequence of bytes. */
const CANONICAL = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

const DIGITS = new Uint8Array(128)
for (let value = 0; value < 64; value++) DIGITS[ALPHABET.charCodeAt(value)] = value

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const group = (a << 16) | (b << 8) | c
    text += digit(group >>> 18) + digit(group >>> 12) + digit(group >>> 6) + digit(group)
  }
  const surplus = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - surplus) + '='.repeat(surplus)
}

/** The bytes of canonical base64, or null: no white space, no missing padding, no stray bits. */
export function parseBase64(text: string): Uint8Array | null {
  if (!isBase64(text)) return null
  const bytes = new Uint8Array(base64Length(text))
  for (let i = 0, out = 0; i < text.length; i += 4, out += 3) {
    const group = (value(text, i) << 18) | (value(text, i + 1) << 12) | (value(text, i + 2) << 6) | value(text, i + 3)
    bytes[out] = group >>> 16
    if (out + 1 < bytes.length) bytes[out + 1] = group >>> 8
    if (out + 2 < bytes.length) bytes[out + 2] = group
  }
  return bytes
}

export function isBase64(text: string): boolean {
  return CANONICAL.test(text)
}

/** Number of bytes that a canonical base64 text stands for. */
export function base64Length(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return (text.length / 4) * 3 - padding
}

function digit(sixBits: number): string {
  return ALPHABET.charAt(sixBits & 63)
}

function value(text: string, at: number): number {
  return DIGITS[text.charCodeAt(at)] ?? 0
}
