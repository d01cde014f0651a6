const PARTS = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR
const SHORTEST_MONTH = 28
/** July to December. */
const LONGEST_SIX_MONTHS = 184

interface Length {
  readonly months: number
  readonly ms: number
}

/** @throws Error when it is no ISO 8601 duration: the schema lets no other into the record. */
function lengthOf(duration: string): Length {
  const found = PARTS.exec(duration)
  if (found === null) throw new Error(`expected an ISO 8601 duration, found ${duration}`)
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0))
  return { months: 12 * years + months, ms: (7 * weeks + days) * DAY + hours * HOUR + (60 * minutes + seconds) * SECOND }
}

/** The instant from which on the duration lasts until this one. Months end with their last day: six before 31 August is 28 February. */
export function before(instant: string, duration: string): string {
  const { months, ms } = lengthOf(duration)
  const end = new Date(instant)
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months + 1, 0)).getUTCDate()
  const start = new Date(end)
  start.setUTCMonth(end.getUTCMonth() - months, Math.min(end.getUTCDate(), lastDay))
  return new Date(start.getTime() - ms).toISOString()
}

/** Whether it lasts six months wherever in the year it begins. */
export function lastsSixMonths(duration: string): boolean {
  const { months, ms } = lengthOf(duration)
  return months >= 6 || months * SHORTEST_MONTH * DAY + ms >= LONGEST_SIX_MONTHS * DAY
}
