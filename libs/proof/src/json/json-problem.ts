import { MAX_DEPTH } from './json-value.ts'

export type JsonProblem = 'invalid-json' | 'duplicate-key' | 'lone-surrogate' | 'number-out-of-range' | 'number-inexact' | 'too-deep'

export interface FoundProblem {
  readonly status: 'refused'
  readonly problem: JsonProblem
  /** An RFC 6901 JSON Pointer, or for `invalid-json` and `too-deep` the offset in UTF-16 code units. */
  readonly at: number | string
}

/**
 * The first thing wrong with a JSON text, in the order of the text, or null. It runs only on texts in which `parseJson` suspects
 * something, so it is written to name the place, not to be fast.
 */
export function firstProblem(text: string): FoundProblem | null {
  return new ProblemReader(text).document()
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const INTEGER = /^-?[0-9]+$/
const LITERAL = /true|false|null/y
const SPACE = /[ \t\n\r]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

type Verdict = FoundProblem | null

/** A recursive-descent reader of RFC 8259 that builds nothing and stops at the first problem. */
class ProblemReader {
  private readonly text: string
  /** Names and indices that lead to the value being read. */
  private readonly path: (string | number)[] = []
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): Verdict {
    this.space()
    const found = this.value()
    if (found !== null) return found
    this.space()
    return this.at === this.text.length ? null : this.invalid()
  }

  private value(): Verdict {
    switch (this.text[this.at]) {
      case '{':
        return this.path.length === MAX_DEPTH ? this.tooDeep() : this.object()
      case '[':
        return this.path.length === MAX_DEPTH ? this.tooDeep() : this.array()
      case '"':
        return this.string()
      default:
        return this.scalar()
    }
  }

  private object(): Verdict {
    const names = new Set<string>()
    this.at++
    this.space()
    if (this.took('}')) return null
    for (;;) {
      const found = this.member(names)
      if (found !== null) return found
      if (this.took('}')) return null
      if (!this.took(',')) return this.invalid()
      this.space()
    }
  }

  private member(names: Set<string>): Verdict {
    const start = this.at
    const notAString = this.string()
    if (notAString !== null) return notAString
    const name = contentOf(this.text.slice(start, this.at))
    this.path.push(name)
    if (names.has(name)) return this.wrong('duplicate-key')
    names.add(name)
    this.space()
    if (!this.took(':')) return this.invalid()
    this.space()
    const found = this.value()
    if (found !== null) return found
    this.path.pop()
    this.space()
    return null
  }

  private array(): Verdict {
    this.at++
    this.space()
    if (this.took(']')) return null
    for (let i = 0; ; i++) {
      this.path.push(i)
      const found = this.value()
      if (found !== null) return found
      this.path.pop()
      this.space()
      if (this.took(']')) return null
      if (!this.took(',')) return this.invalid()
      this.space()
    }
  }

  private string(): Verdict {
    const start = this.at
    if (!this.took('"')) return this.invalid()
    while (this.text.charCodeAt(this.at) !== QUOTE) {
      if (standsUnescaped(this.text.charCodeAt(this.at))) this.at++
      else if (this.match(ESCAPE) === null) return this.invalid()
    }
    this.at++
    return contentOf(this.text.slice(start, this.at)).isWellFormed() ? null : this.wrong('lone-surrogate')
  }

  private scalar(): Verdict {
    if (this.match(LITERAL) !== null) return null
    const number = this.match(NUMBER)
    if (number === null) return this.invalid()
    if (!Number.isFinite(Number(number))) return this.wrong('number-out-of-range')
    return INTEGER.test(number) && !comesBack(number) ? this.wrong('number-inexact') : null
  }

  private space(): void {
    if (this.text.charCodeAt(this.at) <= 0x20) this.match(SPACE)
  }

  private took(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return null
    this.at += found[0].length
    return found[0]
  }

  private wrong(problem: JsonProblem): FoundProblem {
    const tokens = this.path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    return { status: 'refused', problem, at: tokens.join('') }
  }

  private invalid(): FoundProblem {
    return { status: 'refused', problem: 'invalid-json', at: this.at }
  }

  private tooDeep(): FoundProblem {
    return { status: 'refused', problem: 'too-deep', at: this.at }
  }
}

/** Whether an integer is the same after it was a double, by its value or by how JSON writes it. */
function comesBack(integer: string): boolean {
  const double = Number(integer)
  return BigInt(double) === BigInt(integer) || String(double) === integer
}

const QUOTE = 0x22

/** The string that a valid literal, quotes included, stands for. */
function contentOf(literal: string): string {
  return literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1)
}

/** False for control characters and the backslash, and for NaN behind the end of the text. */
function standsUnescaped(codeUnit: number): boolean {
  return codeUnit >= 0x20 && codeUnit !== 0x5c
}
