import { isReference, parseReference } from '@annal/proof'
import { FILTER_KEYS, type FilterTerm, RANGE_KEYS, type RangeKey, sameTerm, standsOnce, TEXT_KEYS, type TextKey } from './filter-term.ts'
import { parseRange } from './time-range.ts'
import { type Token, tokens } from './tokens.ts'

export interface ParsedFilter {
  readonly terms: readonly FilterTerm[]
  /** Empty when every token is a term. A line with problems is not asked. */
  readonly problems: readonly FilterProblem[]
}

export interface FilterProblem {
  /** One sentence for the person who typed it. */
  readonly message: string
  readonly start: number
  readonly end: number
}

type Read = { readonly status: 'term'; readonly term: FilterTerm } | { readonly status: 'problem'; readonly message: string }

/** Reads one line of filter text: `type:BiasAudited about:model:cs recorded:2026-01-01..2026-02-01 free words`. */
export function parseFilter(line: string): ParsedFilter {
  const terms: FilterTerm[] = []
  const problems: FilterProblem[] = []
  for (const token of tokens(line)) {
    const read = readToken(token, terms)
    if (read.status === 'problem') problems.push({ message: read.message, start: token.start, end: token.end })
    else if (!terms.some((term) => sameTerm(term, read.term))) terms.push(read.term)
  }
  return { terms, problems: [...problems, ...wordless(line)] }
}

/** Events are looked for by words; the API refuses a text that has none. */
function wordless(line: string): FilterProblem[] {
  const free = tokens(line).filter(({ key, problem }) => key === null && problem === null)
  const [first] = free
  if (first === undefined || free.some(({ value }) => /[\p{L}\p{N}]/u.test(value.normalize('NFKD')))) return []
  const text = free.map(({ value }) => value).join(' ')
  return [{ message: `“${text}” has neither a letter nor a digit to look for.`, start: first.start, end: free.at(-1)?.end ?? first.end }]
}

function readToken(token: Token, before: readonly FilterTerm[]): Read {
  if (token.problem !== null) return problem(`The quote that opens at character ${token.start + 1} is never closed.`)
  if (token.key === null) return { status: 'term', term: { key: 'word', value: token.value } }
  const key = token.key.toLowerCase()
  const read = isRangeKey(key)
    ? readRange(key, token.value)
    : isTextKey(key)
      ? readText(key, token.value)
      : unknownKey(token.key, token.value)
  return read.status === 'term' ? onlyOnce(read.term, before) : read
}

function onlyOnce(term: FilterTerm, before: readonly FilterTerm[]): Read {
  const twice = standsOnce(term.key) && before.some((other) => other.key === term.key && !sameTerm(other, term))
  return twice ? problem(`“${term.key}:” can stand only once.`) : { status: 'term', term }
}

function readText(key: TextKey, value: string): Read {
  if (value === '') return problem(`“${key}:” needs a value behind the colon.`)
  if (key === 'about' && !isReference(value))
    return problem(`“${value}” is no reference: write the kind and the id, as in about:model:cs or about:model:cs@7.`)
  if (key === 'type' && !/^[A-Z][A-Za-z0-9]*$/.test(value))
    return problem(`“${value}” is no event type: they are written as in type:BiasAudited.`)
  return { status: 'term', term: { key, value } }
}

function readRange(key: RangeKey, value: string): Read {
  const parsed = parseRange(value)
  if (parsed.status === 'parsed') return { status: 'term', term: { key, range: parsed.range } }
  switch (parsed.problem) {
    case 'not-a-range':
      return problem(`“${key}:” needs a day or a range, as in ${key}:2026-01-01..2026-01-31; either end may be left open.`)
    case 'not-a-time':
      return problem(`“${parsed.text}” is neither a day (2026-01-31) nor an instant (2026-01-31T09:30Z).`)
    case 'ends-before-it-begins':
      return problem(`The range “${parsed.text}” ends before it begins.`)
  }
}

function unknownKey(key: string, value: string): Read {
  if (parseReference(`${key}:${value}`) !== null) {
    return problem(`Unknown key “${key}:”. For events about it write about:${key}:${value}; for the words themselves, put them in quotes.`)
  }
  return problem(
    `Unknown key “${key}:”. Known are ${FILTER_KEYS.map((known) => `${known}:`).join(' ')}; for the words themselves, put them in quotes.`,
  )
}

function problem(message: string): Read {
  return { status: 'problem', message }
}

function isRangeKey(key: string): key is RangeKey {
  return RANGE_KEYS.some((known) => known === key)
}

function isTextKey(key: string): key is Exclude<TextKey, 'word'> {
  return TEXT_KEYS.some((known) => known === key)
}
