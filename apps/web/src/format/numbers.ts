const WHOLE = new Intl.NumberFormat('en')
const EXACT = new Intl.NumberFormat('en', { maximumSignificantDigits: 17 })

/** `1,284,410`. */
export function grouped(count: number): string {
  return WHOLE.format(count)
}

/** A number of the record with all its digits: `0.0931`, `1,284,410`. */
export function exactNumber(value: number): string {
  return EXACT.format(value)
}

/** `1,234 events`, `1 event`, `10,000+ events`. */
export function countOf(value: number, exact: boolean, one: string, many: string): string {
  return `${grouped(value)}${exact ? '' : '+'} ${value === 1 && exact ? one : many}`
}
