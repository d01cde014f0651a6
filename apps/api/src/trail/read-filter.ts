import type { TrailFilter } from '@annal/projections'
import { TypedError } from '../http/typed-error.ts'

/** `EventFilter` of the SDL, coerced, or the same from a query string. Null is the same as absent. */
export type EventFilterInput = { readonly [Name in keyof TrailFilter]?: TrailFilter[Name] | null }

/** @throws TypedError when the filter names a stream of another workspace. */
export function readFilter(input: EventFilterInput | null | undefined, workspace: string): TrailFilter {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined)
  const filter: TrailFilter = Object.fromEntries(given)
  return filter.stream === undefined ? filter : { ...filter, stream: fullStream(filter.stream, workspace) }
}

/** With the workspace in front. A stream's type has no dot, so a dot before the first hyphen ends a workspace. */
function fullStream(stream: string, workspace: string): string {
  const category = stream.split('-', 1)[0] ?? ''
  if (!category.includes('.')) return `${workspace}.${stream}`
  if (stream.startsWith(`${workspace}.`)) return stream
  throw new TypedError('BAD_USER_INPUT', 'The filter names a stream of another workspace.')
}
