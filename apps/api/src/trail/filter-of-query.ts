import { eventType } from '@annal/domain'
import type { TrailFilter } from '@annal/projections'
import { normaliseInstant } from '@annal/proof'
import { TypedError } from '../http/typed-error.ts'
import { upTo } from '../past/as-of.ts'
import { type EventFilterInput, readFilter } from './read-filter.ts'

const texts = ['stream', 'actor', 'correlationId', 'text'] as const
const times = ['recordedFrom', 'recordedTo', 'occurredFrom', 'occurredTo'] as const

export interface ExportQuery {
  readonly filter: TrailFilter
  readonly order: 'newest-first' | 'oldest-first'
  /** What was recorded up to then, as the filter says too; null: all. */
  readonly asOf: string | null
}

/** The trail's filter as the dashboard writes it into its URL: `types` and `about` separated by commas or given again. */
export function readExportQuery(query: Readonly<Record<string, unknown>>, workspace: string): ExportQuery {
  const unknown = Object.keys(query).find((name) => ![...texts, ...times, 'types', 'about', 'order', 'asOf'].includes(name))
  if (unknown !== undefined) throw new TypedError('BAD_USER_INPUT', `${unknown} is not a filter of the audit trail.`)
  const given: Record<string, unknown> = {}
  for (const name of texts) if (query[name] !== undefined) given[name] = single(name, query[name])
  for (const name of times) if (query[name] !== undefined) given[name] = instant(name, single(name, query[name]))
  if (query.types !== undefined) given.types = list(query.types).map(knownType)
  if (query.about !== undefined) given.about = list(query.about)
  const filter = readFilter(given as EventFilterInput, workspace)
  const asOf = query.asOf === undefined ? null : instant('asOf', single('asOf', query.asOf))
  return { filter: asOf === null ? filter : upTo(filter, asOf), order: orderOf(query.order), asOf }
}

function orderOf(order: unknown): ExportQuery['order'] {
  switch (order) {
    case undefined:
    case 'NEWEST_FIRST':
      return 'newest-first'
    case 'OLDEST_FIRST':
      return 'oldest-first'
  }
  throw new TypedError('BAD_USER_INPUT', 'order must be NEWEST_FIRST or OLDEST_FIRST.')
}

function single(name: string, value: unknown): string {
  if (typeof value === 'string' && value.length <= 1_000) return value
  throw new TypedError('BAD_USER_INPUT', `${name} must be given once.`)
}

function instant(name: string, text: string): string {
  const normalised = normaliseInstant(text)
  if (normalised.status === 'normalised') return normalised.instant
  throw new TypedError('BAD_USER_INPUT', `${name} must be an RFC 3339 date-time.`)
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((entry) => String(entry).split(',')).filter((entry) => entry !== '')
}

function knownType(name: string): string {
  if (eventType(name) === undefined) throw new TypedError('BAD_USER_INPUT', `There is no event type ${JSON.stringify(name.slice(0, 100))}.`)
  return name
}
