import { MAX_DEPTH } from './json-value.ts'

/**
 * Whether a text that `JSON.parse` accepts is the RFC 8785 form of what it means: members in order and none twice, no white space,
 * shortest escapes, numbers as ECMAScript prints them, no lone surrogate, at most 128 levels. One pass, several times faster than
 * writing the value anew and comparing; for texts that `JSON.parse` refuses the answer means nothing.
 * @param text well-formed, as decoded from UTF-8.
 */
export function isCanonicalJson(text: string): boolean {
  const scan = new CanonicalScan(text)
  return scan.value(0) && scan.atEnd()
}

const QUOTE = 0x22
const COMMA = 0x2c
/** What may follow a backslash, and the code points that only have the long form. */
const SHORT_ESCAPES = '"\\bfnrt'
const LONG_ESCAPE = /^u00(?:0[0-7be-f]|1[0-9a-f])$/

class CanonicalScan {
  private readonly text: string
  private at = 0
  /** Of the first backslash from `at` on, or the text's length. */
  private backslash: number

  constructor(text: string) {
    this.text = text
    this.backslash = this.backslashFrom(0)
  }

  atEnd(): boolean {
    return this.at === this.text.length
  }

  value(depth: number): boolean {
    switch (this.text.charCodeAt(this.at)) {
      case QUOTE:
        return this.string()
      case 0x7b: // {
        return depth < MAX_DEPTH && this.object(depth)
      case 0x5b: // [
        return depth < MAX_DEPTH && this.array(depth)
      case 0x74: // true
      case 0x6e: // null
        this.at += 4
        return true
      case 0x66: // false
        this.at += 5
        return true
      default:
        return this.number()
    }
  }

  private object(depth: number): boolean {
    this.at++
    if (this.took(0x7d)) return true
    let before: string | null = null
    do {
      const start = this.at
      if (!this.string()) return false
      const name = this.contentOf(start)
      if (before !== null && !(before < name)) return false
      before = name
      if (!this.took(0x3a) || !this.value(depth + 1)) return false
    } while (this.took(COMMA))
    return this.took(0x7d)
  }

  private array(depth: number): boolean {
    this.at++
    if (this.took(0x5d)) return true
    do {
      if (!this.value(depth + 1)) return false
    } while (this.took(COMMA))
    return this.took(0x5d)
  }

  private string(): boolean {
    if (!this.took(QUOTE)) return false
    for (;;) {
      const end = this.text.indexOf('"', this.at)
      if (end === -1) return false
      if (this.backslash > end) {
        this.at = end + 1
        return true
      }
      if (!this.escape()) return false
    }
  }

  private escape(): boolean {
    const next = this.text.charAt(this.backslash + 1)
    const length = SHORT_ESCAPES.includes(next) ? 2 : 6
    if (next === '' || (length === 6 && !LONG_ESCAPE.test(this.text.slice(this.backslash + 1, this.backslash + 6)))) return false
    this.at = this.backslash + length
    this.backslash = this.backslashFrom(this.at)
    return true
  }

  private number(): boolean {
    const start = this.at
    let whole = true
    for (let code = this.text.charCodeAt(this.at); isOfNumber(code); code = this.text.charCodeAt(++this.at))
      whole &&= code >= 0x30 && code <= 0x39
    // A whole number below 10^15 is written as its digits, without zeros in front.
    if (whole && this.at - start < 16 && this.at > start) return this.at - start === 1 || this.text.charCodeAt(start) !== 0x30
    const written = this.text.slice(start, this.at)
    return written !== '' && String(Number(written)) === written
  }

  private contentOf(start: number): string {
    const literal = this.text.slice(start, this.at)
    return literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1)
  }

  private backslashFrom(from: number): number {
    const found = this.text.indexOf('\\', from)
    return found === -1 ? this.text.length : found
  }

  private took(character: number): boolean {
    if (this.text.charCodeAt(this.at) !== character) return false
    this.at++
    return true
  }
}

/** Digits, signs, point and e; NaN behind the end is none of them. */
function isOfNumber(code: number): boolean {
  return (code >= 0x2b && code <= 0x39 && code !== COMMA && code !== 0x2f) || code === 0x65 || code === 0x45
}
