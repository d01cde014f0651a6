import type { VariablesOf } from 'gql.tada'
import type { KnowsType } from '../../session/catalogue.ts'
import type { trailPage } from '../trail-documents.ts'
import { type FilterTerm, isRangeTerm, type TextKey } from './filter-term.ts'
import { rangeInstants } from './time-range.ts'

/** The API's filter input. */
export type EventFilter = NonNullable<VariablesOf<typeof trailPage>['filter']>
/** What the API is asked for these terms. Types that the catalogue doesn't know can't be asked for and are left to `unknownTypes`. */
export function eventFilter(terms: readonly FilterTerm[], knowsType: KnowsType): EventFilter {
  const types = valuesOf(terms, 'type').filter(knowsType)
  const about = valuesOf(terms, 'about')
  const words = valuesOf(terms, 'word')
  const recorded = instantsOf(terms, 'recorded')
  const occurred = instantsOf(terms, 'occurred')
  return {
    ...(types.length > 0 && { types }),
    ...(about.length > 0 && { about }),
    ...present('actor', valuesOf(terms, 'actor')[0]),
    ...present('stream', valuesOf(terms, 'stream')[0]),
    ...present('correlationId', valuesOf(terms, 'correlation')[0]),
    ...(words.length > 0 && { text: words.join(' ') }),
    ...present('recordedFrom', recorded.from),
    ...present('recordedTo', recorded.to),
    ...present('occurredFrom', occurred.from),
    ...present('occurredTo', occurred.to),
  }
}

/** Names behind `type:` that the catalogue doesn't know. */
export function unknownTypes(terms: readonly FilterTerm[], knowsType: KnowsType): readonly string[] {
  return valuesOf(terms, 'type').filter((name) => !knowsType(name))
}

export function valuesOf(terms: readonly FilterTerm[], key: TextKey): string[] {
  return terms.flatMap((term) => (term.key === key && !isRangeTerm(term) ? [term.value] : []))
}

function instantsOf(terms: readonly FilterTerm[], key: 'recorded' | 'occurred'): { from: string | null; to: string | null } {
  const term = terms.find((candidate) => candidate.key === key)
  return term && isRangeTerm(term) ? rangeInstants(term.range) : { from: null, to: null }
}

function present<Key extends string>(key: Key, value: string | null | undefined): { [K in Key]?: string } {
  const object: { [K in Key]?: string } = {}
  if (value != null) object[key] = value
  return object
}
