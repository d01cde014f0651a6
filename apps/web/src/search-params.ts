/** Search parameters as plain text, so that a filter stays readable in the URL: `?q=type:BiasAudited+about:model:cs`. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [`${encode(name)}=${encode(value)}`] : []))
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** Percent-encodes what would be read differently in a query, and nothing else. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/%(3A|2F|40|2C|3B)/g, decodeURIComponent)
    .replace(/%20/g, '+')
}
