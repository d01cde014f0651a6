import type { TrailFilter, TrailPageRequest } from '@annal/projections'
import { TypedError } from '../http/typed-error.ts'
import { DEFAULT_PAGE, GREATEST_PAGE } from './page-limits.ts'
import { asPosition } from './position.ts'

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
  readonly order?: 'NEWEST_FIRST' | 'OLDEST_FIRST' | null
}

export interface ConnectionPage {
  readonly request: TrailPageRequest
  /** Read against the order asked for: its events come reversed. */
  readonly backwards: boolean
}

/** Relay's arguments as one page by key. Backwards is the other order, continued behind `before`. */
export function pageRequest(args: PageArguments, workspace: string, filter: TrailFilter): ConnectionPage {
  const backwards = isGiven(args.last) || isGiven(args.before)
  if (backwards && (isGiven(args.first) || isGiven(args.after)))
    throw new TypedError('BAD_USER_INPUT', 'Page either forwards (`first`, `after`) or backwards (`last`, `before`).')
  const newestFirst = args.order !== 'OLDEST_FIRST'
  const limit = pageSize(backwards ? args.last : args.first)
  const cursor = backwards ? args.before : args.after
  const order = newestFirst === backwards ? 'oldest-first' : 'newest-first'
  return { backwards, request: { workspace, filter, order, after: isGiven(cursor) ? asPosition(cursor) : null, limit } }
}

export function pageSize(asked: number | null | undefined): number {
  const size = asked ?? DEFAULT_PAGE
  if (size < 1 || size > GREATEST_PAGE) throw new TypedError('BAD_USER_INPUT', `A page has 1 to ${GREATEST_PAGE} entries.`)
  return size
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}
