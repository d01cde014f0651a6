/** What `?asOf=` asks for. `refused`: it is ignored, and the reader is told why. */
export type AsOf =
  | { readonly status: 'now' }
  | { readonly status: 'past'; readonly instant: string }
  | { readonly status: 'refused'; readonly problem: 'not-an-instant' | 'not-past' }

/** What `?with=` asks for: the date beside which the other is shown. `refused`: nothing is compared, and the reader is told why. */
export type With =
  | { readonly status: 'none' }
  | { readonly status: 'now' }
  | { readonly status: 'past'; readonly instant: string }
  | { readonly status: 'refused'; readonly problem: 'not-an-instant' | 'not-past' | 'same' }

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

/** Reads the second date, which may be `now`. Where the first can't be read nothing is compared. */
export function withParameter(text: string | undefined, asOf: AsOf, now: Date): With {
  if (text === undefined || asOf.status === 'refused') return { status: 'none' }
  const other: Exclude<With, { status: 'none' }> = text === 'now' ? { status: 'now' } : asOfParameter(text, now)
  return other.status !== 'refused' && instantIn(other) === instantIn(asOf) ? { status: 'refused', problem: 'same' } : other
}

/** Null: now. */
export function instantIn(time: AsOf | With): string | null {
  return time.status === 'past' ? time.instant : null
}

/** 31 February is none, though `Date` takes it. */
function isDay(day: string): boolean {
  const start = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(day)
}
