import { normaliseInstant } from '@annal/proof'
import type { TimeRange } from './filter-term.ts'

export type ParsedRange =
  | { readonly status: 'parsed'; readonly range: TimeRange }
  | { readonly status: 'refused'; readonly problem: 'not-a-range' | 'not-a-time' | 'ends-before-it-begins'; readonly text: string }

const DAY = /^\d{4}-\d{2}-\d{2}$/
const WITHOUT_SECONDS = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/
const DAY_LENGTH = 86_400_000

/** Reads `from..to`, `from..`, `..to` or one day. Bounds are UTC days or RFC 3339 instants. */
export function parseRange(text: string): ParsedRange {
  const [first = '', second, ...rest] = text.split('..')
  if (rest.length > 0 || (first === '' && !second)) return { status: 'refused', problem: 'not-a-range', text }
  if (second === undefined && !DAY.test(first)) return { status: 'refused', problem: 'not-a-range', text }
  const from = bound(first)
  const to = bound(second ?? first)
  if (from === undefined) return { status: 'refused', problem: 'not-a-time', text: first }
  if (to === undefined) return { status: 'refused', problem: 'not-a-time', text: second ?? first }
  return inOrder({ from, to }, text)
}

/** The shortest text that `parseRange` reads as this range. */
export function printRange({ from, to }: TimeRange): string {
  if (from !== null && from === to && DAY.test(from)) return from
  return `${printBound(from)}..${printBound(to)}`
}

/** The range as instants: inclusive at `from`, exclusive at `to`. */
export function rangeInstants({ from, to }: TimeRange): { readonly from: string | null; readonly to: string | null } {
  return {
    from: from !== null && DAY.test(from) ? startOfDay(from) : from,
    to: to !== null && DAY.test(to) ? endOfDay(to) : to,
  }
}

/** Null: open on this side. Undefined: no time. */
function bound(text: string): string | null | undefined {
  if (text === '') return null
  if (DAY.test(text)) return normaliseInstant(`${text}T00:00:00Z`).status === 'normalised' ? text : undefined
  const normalised = normaliseInstant(text.replace(WITHOUT_SECONDS, '$1:00$2'))
  return normalised.status === 'normalised' ? normalised.instant : undefined
}

function inOrder(range: TimeRange, text: string): ParsedRange {
  const { from, to } = rangeInstants(range)
  if (from !== null && to !== null && from >= to) return { status: 'refused', problem: 'ends-before-it-begins', text }
  return { status: 'parsed', range }
}

function printBound(bound: string | null): string {
  return bound === null ? '' : bound.replace(/(?::00)?\.000Z$/, 'Z')
}

function startOfDay(day: string): string {
  return `${day}T00:00:00.000Z`
}

function endOfDay(day: string): string {
  const next = new Date(Date.parse(startOfDay(day)) + DAY_LENGTH).toISOString()
  return next.startsWith('+') ? '9999-12-31T23:59:59.999Z' : next
}
