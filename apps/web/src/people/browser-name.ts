const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const MACHINES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

/** What a browser calls itself, in two words where they can be told: `Firefox on Windows`. It is a claim, not a proof. */
export function browserName(client: string | null): string {
  if (client === null) return 'Unknown browser'
  const browser = BROWSERS.find(([pattern]) => pattern.test(client))?.[1]
  const machine = MACHINES.find(([pattern]) => pattern.test(client))?.[1]
  if (browser === undefined) return client.split('/')[0] ?? client
  return machine === undefined ? browser : `${browser} on ${machine}`
}
