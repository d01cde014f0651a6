/** One condition of the trail's filter. All terms must hold, except that several types are alternatives. */
export type FilterTerm = TextTerm | RangeTerm

export interface TextTerm {
  readonly key: TextKey
  readonly value: string
}

export interface RangeTerm {
  readonly key: RangeKey
  readonly range: TimeRange
}

/** `word` stands for words without a key. */
export type TextKey = 'type' | 'about' | 'actor' | 'stream' | 'correlation' | 'word'
export type RangeKey = 'recorded' | 'occurred'
export type FilterKey = TextKey | RangeKey

/** Each bound is a UTC day (`YYYY-MM-DD`, which both bounds include whole) or an instant (`YYYY-MM-DDTHH:mm:ss.sssZ`, exclusive at `to`). */
export interface TimeRange {
  readonly from: string | null
  readonly to: string | null
}

export const TEXT_KEYS = ['type', 'about', 'actor', 'stream', 'correlation'] as const
export const RANGE_KEYS = ['recorded', 'occurred'] as const
export const FILTER_KEYS: readonly FilterKey[] = [...TEXT_KEYS, ...RANGE_KEYS]

export function isRangeTerm(term: FilterTerm): term is RangeTerm {
  return term.key === 'recorded' || term.key === 'occurred'
}

/** Keys that may stand only once in a filter. */
export function standsOnce(key: FilterKey): boolean {
  return key !== 'type' && key !== 'about' && key !== 'word'
}

export function sameTerm(a: FilterTerm, b: FilterTerm): boolean {
  if (isRangeTerm(a) || isRangeTerm(b)) {
    return isRangeTerm(a) && isRangeTerm(b) && a.key === b.key && a.range.from === b.range.from && a.range.to === b.range.to
  }
  return a.key === b.key && a.value === b.value
}

/** The filter with `term` added: in place of the one with its key where that may stand only once. */
export function withTerm(terms: readonly FilterTerm[], term: FilterTerm): readonly FilterTerm[] {
  if (terms.some((other) => sameTerm(other, term))) return terms
  const at = standsOnce(term.key) ? terms.findIndex((other) => other.key === term.key) : -1
  return at < 0 ? [...terms, term] : terms.with(at, term)
}

export function withoutTerm(terms: readonly FilterTerm[], term: FilterTerm): readonly FilterTerm[] {
  return terms.filter((other) => !sameTerm(other, term))
}
