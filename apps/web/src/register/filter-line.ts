import { nearestName } from '../audit-trail/filter/nearest-name.ts'
import { looksKeyed, tokens } from '../audit-trail/filter/tokens.ts'

/** A key that a list can be filtered by. */
export interface FilterKey {
  /** As it is typed: `unit:Retail`. */
  readonly key: string
  readonly title: string
  /** What it can be; free text if absent. */
  readonly values?: readonly { readonly value: string; readonly title: string }[]
}

/** A filter line taken apart: one value for each key, and the words that stand alone. */
export interface FilterValues {
  readonly values: Readonly<Record<string, string>>
  readonly words: string
  /** What is wrong with the line, in sentences. */
  readonly problems: readonly string[]
}

export function parseFilterLine(line: string, keys: readonly FilterKey[]): FilterValues {
  const values: Record<string, string> = {}
  const words: string[] = []
  const problems: string[] = []
  for (const { key, value, problem } of tokens(line)) {
    if (problem !== null) problems.push('A quotation mark is not closed.')
    if (key === null) {
      if (value !== '') words.push(value)
      continue
    }
    const wrong = problemOf(key.toLowerCase(), value, keys)
    if (wrong === null) values[key.toLowerCase()] = value
    else problems.push(wrong)
  }
  return { values, words: words.join(' '), problems }
}

export function printFilterLine({ values, words }: Pick<FilterValues, 'values' | 'words'>): string {
  const terms = Object.entries(values).map(([key, value]) => `${key}:${quoted(value)}`)
  return [...terms, ...(words === '' ? [] : [printWords(words)])].join(' ')
}

/** One quoted word where they would be read otherwise when they stand alone. */
function printWords(words: string): string {
  const alone = words.split(' ')
  return alone.some((word) => word === '' || word.startsWith('"') || looksKeyed(word) || /\s/.test(word)) ? quote(words) : words
}

function problemOf(key: string, value: string, keys: readonly FilterKey[]): string | null {
  const known = keys.find((candidate) => candidate.key === key)
  if (!known) {
    const nearest = nearestName(
      key,
      keys.map((candidate) => candidate.key),
    )
    return `Unknown key “${key}:”.${nearest === null ? ` There are ${keys.map((candidate) => `${candidate.key}:`).join(', ')}.` : ` Did you mean ${nearest}:?`}`
  }
  if (value === '') return `“${key}:” has no value.`
  if (known.values && !known.values.some((candidate) => candidate.value === value)) {
    return `“${key}:” can be ${known.values.map((candidate) => candidate.value).join(', ')}.`
  }
  return null
}

function quoted(value: string): string {
  return /[\s"\\]/.test(value) ? quote(value) : value
}

function quote(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}
