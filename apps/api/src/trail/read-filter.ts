import type { TrailFilter } from '@annal/projections'
import { TypedError } from '../http/typed-error.ts'

/** `EventFilter` of the SDL, coerced, or the same from a query string. Null is the same as absent. */
export type EventFilterInput = { readonly [Name in keyof TrailFilter]?: TrailFilter[Name] | null }

/** Each value is a condition of its own, and a query has only so many. */
const MOST_VALUES = 200
const LONGEST_TEXT = 1_000

/** @throws TypedError when the filter names a stream of another workspace, or is longer than can be asked. */
export function readFilter(input: EventFilterInput | null | undefined, workspace: string): TrailFilter {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined)
  const filter: TrailFilter = Object.fromEntries(given)
  refuseLong(filter)
  return filter.stream === undefined ? filter : { ...filter, stream: fullStream(filter.stream, workspace) }
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
