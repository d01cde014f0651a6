import { lightFormat } from 'date-fns/lightFormat'
import type { TimeRange } from './filter-term.ts'
import { printRange } from './time-range.ts'

export interface RangePreset {
  readonly title: string
  readonly range: TimeRange
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Ranges that people ask for. They become fixed times, so that a link keeps showing the same events. Days are UTC days. */
export function rangePresets(now: Date): readonly RangePreset[] {
  const day = (daysAgo: number) => new Date(now.getTime() - daysAgo * DAY).toISOString().slice(0, 10)
  const since = (milliseconds: number) => `${new Date(now.getTime() - milliseconds).toISOString().slice(0, 16)}:00.000Z`
  return [
    { title: 'Last hour', range: { from: since(HOUR), to: null } },
    { title: 'Last 24 hours', range: { from: since(DAY), to: null } },
    { title: 'Today', range: { from: day(0), to: day(0) } },
    { title: 'Yesterday', range: { from: day(1), to: day(1) } },
    { title: 'Last 7 days', range: { from: day(6), to: null } },
    { title: 'Last 30 days', range: { from: day(29), to: null } },
    { title: 'This year', range: { from: `${day(0).slice(0, 4)}-01-01`, to: null } },
  ]
}

/** A range as it stands on a chip: `2026-01-01 to 2026-01-31`, `since 2026-01-01 10:00`. Instants are in the reader's zone, days are UTC days. */
export function describeRange({ from, to }: TimeRange): string {
  if (from !== null && from === to) return `${from} UTC`
  const start = from === null ? null : describeBound(from)
  const end = to === null ? null : describeBound(to)
  if (start !== null && end !== null) return `${start} to ${end}`
  return start !== null ? `since ${start}` : `until ${end ?? printRange({ from, to })}`
}

function describeBound(bound: string): string {
  return bound.length === 10 ? bound : lightFormat(new Date(bound), 'yyyy-MM-dd HH:mm')
}
