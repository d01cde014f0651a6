export type NormalisedInstant =
  | { readonly status: 'normalised'; readonly instant: string }
  | { readonly status: 'refused'; readonly problem: InstantProblem }

/** `outside-years`: in UTC it falls outside the years 0000–9999. */
export type InstantProblem = 'not-rfc3339' | 'impossible-date' | 'impossible-time' | 'leap-second' | 'outside-years'

const INSTANT = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/
const MINUTE = 60_000
const ZERO = 48

/** True for exactly `YYYY-MM-DDTHH:mm:ss.sssZ` naming an instant that exists: the one form in which the record holds instants. */
export function isInstant(text: unknown): text is string {
  if (typeof text !== 'string' || !INSTANT.test(text)) return false
  return isDay(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
}

/** The number that these digits write: nothing is cut out of the text, for this stands on the way of every event. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - ZERO
  return value
}

/**
 * Any RFC 3339 date-time as the record writes it: in UTC, with three digits of a second. Further digits are cut off, not rounded,
 * so the result is never later than what was said. A leap second (`:60`) is refused: the record has no name for it.
 */
export function normaliseInstant(text: string): NormalisedInstant {
  if (isInstant(text)) return { status: 'normalised', instant: text }
  const match = RFC3339.exec(text)
  if (match === null) return refused('not-rfc3339')
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match
  if (!isDay(Number(year), Number(month), Number(day))) return refused('impossible-date')
  if (second === '60') return refused('leap-second')
  if (!isTime(Number(hour), Number(minute), Number(second)) || !isTime(Number(offsetHour), Number(offsetMinute), 0)) {
    return refused('impossible-time')
  }
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`)
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE
  return inUtc(sign === '-' ? local + offset : local - offset)
}

function inUtc(milliseconds: number): NormalisedInstant {
  const instant = new Date(milliseconds).toISOString()
  return isInstant(instant) ? { status: 'normalised', instant } : refused('outside-years')
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isTime(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60
}

function refused(problem: InstantProblem): NormalisedInstant {
  return { status: 'refused', problem }
}
