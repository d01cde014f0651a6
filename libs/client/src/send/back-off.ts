/** In ms. */
const FIRST = 100
const LONGEST = 30_000

/** How long to wait, in ms, before the attempt after `failures` failed ones: doubled each time, at most 30 s, half of it by chance. */
export function backOff(failures: number, random: () => number): number {
  const most = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 20))
  return Math.round(most * (0.5 + random() * 0.5))
}

/** `Retry-After` as ms: seconds or an HTTP date; null when it is absent or neither. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/** Resolves after `ms`, or as soon as `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
