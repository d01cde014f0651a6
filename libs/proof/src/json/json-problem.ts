import { MAX_DEPTH } from './json-value.ts'

export type JsonProblem = 'invalid-json' | 'duplicate-key' | 'lone-surrogate' | 'number-out-of-range' | 'too-deep'

export interface FoundProblem {
  readonly status: 'refused'
  readonly problem: JsonProblem
  /** An RFC 6901 JSON Pointer, or for `invalid-json` and `too-deep` the offset in UTF-16 code units. */
  readonly at: number | string
}

/**
 * The first thing wrong with a JSON text, in the order of the text. It runs only on texts that `parseJson` has found wanting, so
 * it is written to name the place, not to be fast.
 */
export function firstProblem(text: string): FoundProblem {
  const reader = new ProblemReader(text)
  const found = reader.document()
  if (found === null) throw new Error('expected a problem in a JSON text that was refused, found none')
  return found
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERAL = /true|false|null/y
const SPACE = /[ \t\n\r]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

type Verdict = FoundProblem | null

/** A recursive-descent reader of RFC 8259 that builds nothing and stops at the first problem. */
class ProblemReader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): Verdict {
    this.space()
    const found = this.value('', 0)
    if (found !== null) return found
    this.space()
    return this.at === this.text.length ? null : this.invalid()
  }

  private value(pointer: string, depth: number): Verdict {
    switch (this.text[this.at]) {
      case '{':
        return depth === MAX_DEPTH ? this.tooDeep() : this.object(pointer, depth)
      case '[':
        return depth === MAX_DEPTH ? this.tooDeep() : this.array(pointer, depth)
      case '"':
        return this.string(pointer)
      default:
        return this.scalar(pointer)
    }
  }

  private object(pointer: string, depth: number): Verdict {
    const names = new Set<string>()
    this.at++
    this.space()
    if (this.took('}')) return null
    for (;;) {
      const found = this.member(pointer, depth, names)
      if (found !== null) return found
      if (this.took('}')) return null
      if (!this.took(',')) return this.invalid()
      this.space()
    }
  }

  private member(pointer: string, depth: number, names: Set<string>): Verdict {
    const start = this.at
    const notAString = this.string(pointer)
    if (notAString !== null) return notAString
    const name: string = JSON.parse(this.text.slice(start, this.at))
    const path = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (names.has(name)) return { status: 'refused', problem: 'duplicate-key', at: path }
    names.add(name)
    this.space()
    if (!this.took(':')) return this.invalid()
    this.space()
    const found = this.value(path, depth + 1)
    this.space()
    return found
  }

  private array(pointer: string, depth: number): Verdict {
    this.at++
    this.space()
    if (this.took(']')) return null
    for (let i = 0; ; i++) {
      const found = this.value(`${pointer}/${i}`, depth + 1)
      if (found !== null) return found
      this.space()
      if (this.took(']')) return null
      if (!this.took(',')) return this.invalid()
      this.space()
    }
  }

  private string(pointer: string): Verdict {
    const start = this.at
    if (!this.took('"')) return this.invalid()
    while (this.text[this.at] !== '"') {
      if (standsUnescaped(this.text.charCodeAt(this.at))) this.at++
      else if (this.match(ESCAPE) === null) return this.invalid()
    }
    this.at++
    const value: string = JSON.parse(this.text.slice(start, this.at))
    return value.isWellFormed() ? null : { status: 'refused', problem: 'lone-surrogate', at: pointer }
  }

  private scalar(pointer: string): Verdict {
    if (this.match(LITERAL) !== null) return null
    const number = this.match(NUMBER)
    if (number === null) return this.invalid()
    return Number.isFinite(Number(number)) ? null : { status: 'refused', problem: 'number-out-of-range', at: pointer }
  }

  private space(): void {
    this.match(SPACE)
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

  private invalid(): FoundProblem {
    return { status: 'refused', problem: 'invalid-json', at: this.at }
  }

  private tooDeep(): FoundProblem {
    return { status: 'refused', problem: 'too-deep', at: this.at }
  }
}

/** False for control characters and the backslash, and for NaN behind the end of the text. */
function standsUnescaped(codeUnit: number): boolean {
  return codeUnit >= 0x20 && codeUnit !== 0x5c
}
