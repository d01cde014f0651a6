import { endOfString } from './end-of-string.ts'

/**
 * `JSON.parse`, but right about members whose names have escapes: V8 may take such a name for another that it met at this place before
 * (after `{"a":[],"\\":0}` it reads `{"a":1,"\n":2}` as having a member `\`; nodejs/node#63785). Texts with such names, which are rare,
 * are read once more, name by name.
 * @throws SyntaxError for what `JSON.parse` refuses.
 */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return hasEscapedName(text) ? new SoundReader(text).value() : value
}

const COLON = 0x3a
const SPACE = /[ \t\n\r]*/y
const SCALAR = /[^,\]} \t\n\r]+/y

function hasEscapedName(text: string): boolean {
  for (let at = text.indexOf('\\'); at !== -1; ) {
    const end = endOfString(text, at) + 1
    if (text.charCodeAt(behind(SPACE, text, end)) === COLON) return true
    at = text.indexOf('\\', end)
  }
  return false
}

/** Where what the sticky pattern takes from `at` on ends. */
function behind(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Reads a text that `JSON.parse` accepts, and leaves to it only strings and what has no parts. */
class SoundReader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  value(): unknown {
    this.skip()
    switch (this.text[this.at]) {
      case '{':
        return Object.fromEntries(this.parts('}', () => this.member()))
      case '[':
        return this.parts(']', () => this.value())
      case '"':
        return this.string()
      default:
        return this.scalar()
    }
  }

  private parts<Part>(end: string, part: () => Part): Part[] {
    const found: Part[] = []
    for (this.at++; !this.took(end); this.took(',')) found.push(part())
    return found
  }

  private member(): [string, unknown] {
    this.skip()
    const name = this.string()
    this.took(':')
    return [name, this.value()]
  }

  private string(): string {
    const start = this.at
    this.at = endOfString(this.text, start) + 1
    return JSON.parse(this.text.slice(start, this.at))
  }

  private scalar(): unknown {
    const start = this.at
    this.at = behind(SCALAR, this.text, start)
    return JSON.parse(this.text.slice(start, this.at))
  }

  private took(character: string): boolean {
    this.skip()
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private skip(): void {
    this.at = behind(SPACE, this.text, this.at)
  }
}
