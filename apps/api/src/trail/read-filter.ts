import { asksForWords, type TrailFilter } from '@annal/projections'
import { TypedError } from '../http/typed-error.ts'

/** `EventFilter` of the SDL, coerced, or the same from a query string. Null is the same as absent, and so is a text of blanks alone. */
export type EventFilterInput = { readonly [Name in keyof TrailFilter]?: TrailFilter[Name] | null }

/** Each value is a condition of its own, and a query has only so many. */
const MOST_VALUES = 200
const LONGEST_TEXT = 1_000

/** @throws TypedError when the filter names a stream of another workspace, is longer than can be asked, or has a text without a word. */
export function readFilter(input: EventFilterInput | null | undefined, workspace: string): TrailFilter {
  const given = Object.entries(input ?? {}).filter(([name, value]) => value !== null && value !== undefined && !isBlankText(name, value))
  const filter: TrailFilter = Object.fromEntries(given)
  refuseLong(filter)
  refuseWordless(filter)
  return filter.stream === undefined ? filter : { ...filter, stream: fullStream(filter.stream, workspace) }
}

function isBlankText(name: string, value: unknown): boolean {
  return name === 'text' && typeof value === 'string' && value.trim() === ''
}

/** It would match everything, and who searched for it would take that for what he looked for. */
function refuseWordless({ text }: TrailFilter): void {
  if (text === undefined || asksForWords(text)) return
  throw new TypedError(
    'BAD_USER_INPUT',
    'The text of a filter is looked for by its words, and this one has none: neither a letter nor a digit.',
  )
}

function refuseLong({ types = [], about = [], text = '' }: TrailFilter): void {
  if (types.length > MOST_VALUES || about.length > MOST_VALUES)
    throw new TypedError('BAD_USER_INPUT', `A filter lists ${MOST_VALUES} values at most.`)
  if (text.length > LONGEST_TEXT) throw new TypedError('BAD_USER_INPUT', `The text of a filter has ${LONGEST_TEXT} characters at most.`)
}

/** With the workspace in front. A stream's type has no dot, so a dot before the first hyphen ends a workspace. */
function fullStream(stream: string, workspace: string): string {
  const category = stream.split('-', 1)[0] ?? ''
  if (!category.includes('.')) return `${workspace}.${stream}`
  if (stream.startsWith(`${workspace}.`)) return stream
  throw new TypedError('BAD_USER_INPUT', 'The filter names a stream of another workspace.')
}
