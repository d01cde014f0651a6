import { eventFilter, unknownTypes } from '../audit-trail/filter/event-filter.ts'
import { parseFilter } from '../audit-trail/filter/parse-filter.ts'
import type { Choice } from '../forms/found-choice.tsx'
import type { Catalogue } from '../session/catalogue.ts'
import type { PackScopeInput } from './evidence-documents.ts'

export type ScopeKind = PackScopeInput['kind']

/** What stands in the wizard. Times as the reader's inputs give them. */
export interface ScopeDraft {
  readonly kind: ScopeKind
  readonly thing: Choice | null
  readonly from: string
  readonly until: string
  readonly line: string
}

export const EMPTY_SCOPE: ScopeDraft = { kind: 'SYSTEM', thing: null, from: '', until: '', line: '' }

export type ChosenScope =
  | { readonly status: 'incomplete' }
  | { readonly status: 'wrong'; readonly problem: string }
  | { readonly status: 'chosen'; readonly scope: PackScopeInput }

/** The scope as the API takes it, or what is missing or wrong. */
export function chosenScope(draft: ScopeDraft, catalogue: Catalogue): ChosenScope {
  switch (draft.kind) {
    case 'WORKSPACE':
      return { status: 'chosen', scope: { kind: 'WORKSPACE' } }
    case 'SYSTEM':
    case 'INCIDENT':
    case 'MODEL':
      return draft.thing === null ? { status: 'incomplete' } : { status: 'chosen', scope: { kind: draft.kind, thing: draft.thing.id } }
    case 'PERIOD':
      return periodScope(draft)
    case 'FILTER':
      return filterScope(draft.line, catalogue)
  }
}

function periodScope({ from, until }: ScopeDraft): ChosenScope {
  if (from === '' || until === '') return { status: 'incomplete' }
  const [start, end] = [new Date(from), new Date(until)]
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) return { status: 'wrong', problem: 'This is no date and time.' }
  if (end <= start) return { status: 'wrong', problem: 'The period ends before it begins.' }
  return { status: 'chosen', scope: { kind: 'PERIOD', from: start.toISOString(), until: end.toISOString() } }
}

function filterScope(line: string, catalogue: Catalogue): ChosenScope {
  if (line.trim() === '') return { status: 'incomplete' }
  const { terms, problems } = parseFilter(line)
  const [problem] = problems
  if (problem) return { status: 'wrong', problem: problem.message }
  const [unknown] = unknownTypes(terms, catalogue.knows)
  if (unknown !== undefined) return { status: 'wrong', problem: `There is no event type “${unknown}”.` }
  return { status: 'chosen', scope: { kind: 'FILTER', filter: eventFilter(terms, catalogue.knows) } }
}
