/** What `?asOf=` asks for. `refused`: it is ignored, and the reader is told why. */
export type AsOf =
  | { readonly status: 'now' }
  | { readonly status: 'past'; readonly instant: string }
  | { readonly status: 'refused'; readonly problem: 'not-an-instant' | 'not-past' }

const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** Reads an instant (RFC 3339), or a day, which means its end in the reader's zone. A link carries the instant: it means the same to everybody. */
export function asOfParameter(text: string | undefined, now: Date): AsOf {
  if (text === undefined) return { status: 'now' }
  const day = DAY.test(text) ? text : INSTANT.exec(text)?.[1]
  const at = day === undefined || !isDay(day) ? Number.NaN : Date.parse(day === text ? `${day}T23:59:59.999` : text)
  if (Number.isNaN(at)) return { status: 'refused', problem: 'not-an-instant' }
  return at > now.getTime() ? { status: 'refused', problem: 'not-past' } : { status: 'past', instant: new Date(at).toISOString() }
}

/** 31 February is none, though `Date` takes it. */
function isDay(day: string): boolean {
  const start = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(day)
}
