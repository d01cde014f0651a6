import { createContext, use } from 'react'
import { dayAndTime } from '../format/instants.ts'
import { pastSession } from '../session/past-session.ts'
import type { Session } from '../session/session.ts'

/** Two dates beside each other. Only the later one can be now. */
export interface Comparison {
  readonly earlier: Session
  readonly later: Session
}

export const ComparisonContext = createContext<Comparison | null>(null)

/** @throws outside of a page that compares. */
export function useComparison(): Comparison {
  const comparison = use(ComparisonContext)
  if (comparison === null) throw new Error('expected a page that compares two dates, found none')
  return comparison
}

/** Null is now. Links of each side lead to that side's date. */
export function comparisonOf(session: Session, one: string | null, other: string | null): Comparison {
  const side = (own: string | null, beside: string | null): Session => ({
    ...(own === null ? session : pastSession(session, own)),
    inPast: true,
    carried: { asOf: own ?? undefined, with: beside ?? 'now' },
  })
  const inOrder = one !== null && (other === null || one < other)
  const [first, second] = inOrder ? [one, other] : [other, one]
  return { earlier: side(first, second), later: side(second, first) }
}

/** `30 Apr 2026, 23:59`, or `Now`. */
export function nameOf({ asOf }: Session): string {
  return asOf === null ? 'Now' : dayAndTime(asOf)
}

/** The filter of the trail for what became known between the two dates. */
export function recordedBetween({ earlier, later }: Comparison): string {
  const after = (instant: string | null) => (instant === null ? '' : new Date(Date.parse(instant) + 1).toISOString())
  return `recorded:${after(earlier.asOf)}..${after(later.asOf)}`
}
