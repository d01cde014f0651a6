import { type FilterTerm, isRangeTerm } from './filter-term.ts'
import { printRange } from './time-range.ts'
import { looksKeyed } from './tokens.ts'

/** The line that `parseFilter` reads as these terms. */
export function printFilter(terms: readonly FilterTerm[]): string {
  return terms.map(printTerm).join(' ')
}

export function printTerm(term: FilterTerm): string {
  if (isRangeTerm(term)) return `${term.key}:${printRange(term.range)}`
  if (term.key === 'word') return looksKeyed(term.value) ? quote(term.value) : quoteIfNeeded(term.value)
  return `${term.key}:${quoteIfNeeded(term.value)}`
}

function quoteIfNeeded(value: string): string {
  return value === '' || value.startsWith('"') || /\s/.test(value) ? quote(value) : value
}

function quote(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}
