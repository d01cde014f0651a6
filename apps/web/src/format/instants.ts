import { intlFormatDistance } from 'date-fns/intlFormatDistance'
import { lightFormat } from 'date-fns/lightFormat'

/** `2026-11-21 08:05:12` in the reader's zone: sortable by eye and of one width. */
export function localSecond(instant: string): string {
  return lightFormat(new Date(instant), 'yyyy-MM-dd HH:mm:ss')
}

/**
 * When something ends. A legal day ends at 24:00 of its own date in the zone of the law, wherever that is read: further east a new day has
 * begun by then. All else is in the reader's zone. `zone`: the one of the law, where its clocks show another time than the reader's.
 */
export function endOf(instant: string, legalZone: string): { readonly text: string; readonly zone: string | null } {
  const [here, there] = [localSecond(instant), secondIn(legalZone, instant)]
  if (!there.endsWith(' 00:00:00')) return { text: here, zone: null }
  const lastDay = secondIn(legalZone, new Date(Date.parse(instant) - 1_000).toISOString()).slice(0, 10)
  return { text: `${lastDay} 24:00:00`, zone: here === there ? null : legalZone }
}

function secondIn(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(instant))
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
