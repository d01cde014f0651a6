const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/

/** The instant as `YYYY-MM-DDTHH:mm:ss.sssZ` (finer fractions are cut off), or null if the text isn't an RFC 3339 instant. */
export function normaliseInstant(text: string): string | null {
  if (CANONICAL.test(text)) return isDate(text.slice(0, 10)) && isTimeOfDay(text.slice(11, 19)) ? text : null
  const parts = RFC_3339.exec(text)
  if (parts === null) return null
  const [, date = '', time = '', fraction = '', zone = ''] = parts
  if (!isDate(date) || !isTimeOfDay(time)) return null
  const offset = /^[zZ]$/.test(zone) ? 'Z' : zone
  if (offset !== 'Z' && !isTimeOfDay(`${offset.slice(1)}:00`)) return null
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  const at = new Date(`${date}T${time}.${milliseconds}${offset}`)
  const normalised = Number.isNaN(at.getTime()) ? '' : at.toISOString()
  return CANONICAL.test(normalised) ? normalised : null
}

const DATE = /^\d{4}-\d\d-\d\d$/

/** True for a day of the Gregorian calendar written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(Number(text.slice(0, 4)), month)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isTimeOfDay(text: string): boolean {
  return text.slice(0, 2) < '24' && text.slice(3, 5) < '60' && text.slice(6, 8) < '60'
}
