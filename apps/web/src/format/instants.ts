import { intlFormatDistance } from 'date-fns/intlFormatDistance'
import { lightFormat } from 'date-fns/lightFormat'

/** `2026-11-21 08:05:12` in the reader's zone: sortable by eye and of one width. */
export function localSecond(instant: string): string {
  return lightFormat(new Date(instant), 'yyyy-MM-dd HH:mm:ss')
}

/** When something ends, in the reader's zone: midnight as 24:00 of the day that it ends, as the law counts days. */
export function localEnd(instant: string): string {
  const end = localSecond(instant)
  if (!end.endsWith(' 00:00:00')) return end
  return `${lightFormat(new Date(Date.parse(instant) - 1_000), 'yyyy-MM-dd')} 24:00:00`
}

/** `2026-11-21 08:05:12.345` in the reader's zone. */
export function localExact(instant: string): string {
  return lightFormat(new Date(instant), 'yyyy-MM-dd HH:mm:ss.SSS')
}

/** `2026-11-21 07:05:12.345 UTC`: the record's own words. */
export function utcExact(instant: string): string {
  return `${instant.replace('T', ' ').replace('Z', '')} UTC`
}

const DAY_AND_MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
const DAY_AND_SECOND = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** `1 Nov 2026, 23:59` in the reader's zone; with its seconds where it is neither the first nor the last of its minute. */
export function dayAndTime(instant: string): string {
  const at = new Date(instant)
  const second = at.getSeconds()
  return (second === 0 || second === 59 ? DAY_AND_MINUTE : DAY_AND_SECOND).format(at).replace(' at ', ', ')
}

/** `3 minutes ago`. Stands only beside the exact time. */
export function ago(instant: string, now: Date): string {
  const days = Math.abs(new Date(instant).getTime() - now.getTime()) / 86_400_000
  // Nobody counts in quarters.
  const unit = days > 60 && days < 365 ? ({ unit: 'month' } as const) : {}
  return intlFormatDistance(new Date(instant), now, { numeric: 'always', locale: 'en', ...unit })
}

/** The reader's zone, as `Europe/Berlin`. */
export function readersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
