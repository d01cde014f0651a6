const DAY = 24 * 60 * 60 * 1000
const HOUR = 60 * 60 * 1000

/** Legal days end at 24:00 in the workspace's zone: the instant at which this day (`YYYY-MM-DD`) is over there. */
export function endOfDay(date: string, timeZone: string): string {
  const midnight = Date.parse(`${date}T00:00:00.000Z`) + DAY
  const guess = midnight - offset(midnight, timeZone)
  return new Date(midnight - offset(guess, timeZone)).toISOString()
}

/** The day that an instant falls on in a zone. */
export function dayOf(instant: string, timeZone: string): string {
  const at = Date.parse(instant)
  return new Date(at + offset(at, timeZone)).toISOString().slice(0, 10)
}

export function plusDays(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY).toISOString()
}

export function plusHours(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * HOUR).toISOString()
}

/**
 * A period of days counts whole days: the day of the event (`YYYY-MM-DD`) is not counted, and the last one ends at 24:00 (Regulation
 * 1182/71, Art. 3).
 */
export function endOfDaysAfter(date: string, days: number, timeZone: string): string {
  return endOfDay(plusDays(`${date}T00:00:00.000Z`, days).slice(0, 10), timeZone)
}

/** How far, in ms, the zone's clocks are ahead of UTC at an instant. */
function offset(at: number, timeZone: string): number {
  const parts = formatIn(timeZone).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value)
  const local = new Date(0)
  // Date.UTC takes the first hundred years for those of the twentieth century.
  local.setUTCFullYear(part('year'), part('month') - 1, part('day'))
  return local.setUTCHours(part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
