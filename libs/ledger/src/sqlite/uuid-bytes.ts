const LENGTH = 36
const BYTES = 16
/** Where the 16 bytes of a UUID begin in its text. */
const AT = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34)
const HYPHEN = 45
const HYPHENS = [8, 13, 18, 23]
const NO_DIGIT = 255

/** The value of each lower-case hex digit by its character code. */
const DIGITS = new Uint8Array(128).fill(NO_DIGIT)
for (const [value, digit] of [...'0123456789abcdef'].entries()) DIGITS[digit.charCodeAt(0)] = value

/**
 * The 16 bytes of a lower-case UUID of any version.
 * @param into where they are written; what it held before is gone.
 */
export function uuidBytes(id: string, into: Uint8Array = new Uint8Array(BYTES)): Uint8Array {
  let well = id.length === LENGTH
  for (const at of HYPHENS) well &&= id.charCodeAt(at) === HYPHEN
  for (let i = 0; i < BYTES && well; i++) {
    const at = AT[i] ?? 0
    const high = digit(id.charCodeAt(at))
    const low = digit(id.charCodeAt(at + 1))
    well = high !== NO_DIGIT && low !== NO_DIGIT
    into[i] = (high << 4) | low
  }
  if (!well) throw new Error(`expected a lower-case UUID, found ${JSON.stringify(id)}`)
  return into
}

/** The lower-case UUID of 32 hex digits of any case. */
export function uuidText(hex: string): string {
  const text = hex.toLowerCase()
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}

function digit(code: number): number {
  return DIGITS[code] ?? NO_DIGIT
}
