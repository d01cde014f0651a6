/** When a delivery that failed is tried again. */
export interface RetrySchedule {
  /** In ms; doubled with each attempt. */
  readonly first: number
  readonly longest: number
  /** With the last one the delivery is given up. */
  readonly attempts: number
}

/** 5 s, 10 s, 20 s … 6 h: sixteen attempts within about a day and a half. */
export const usualSchedule: RetrySchedule = { first: 5_000, longest: 6 * 60 * 60 * 1000, attempts: 16 }

/**
 * How long, in ms, to wait after the `attempts`-th failure, or null to give up. `random` (0–1) spreads it by a fifth, so that receivers
 * that come back are not met by everybody at once. What the receiver asks for counts if it is longer.
 */
export function pauseAfter(
  attempts: number,
  schedule: RetrySchedule,
  { random, asked }: { random: number; asked: number | null },
): number | null {
  if (attempts >= schedule.attempts) return null
  const pause = Math.min(schedule.longest, schedule.first * 2 ** (attempts - 1))
  return Math.max(Math.round(pause * (0.8 + 0.4 * random)), Math.min(asked ?? 0, schedule.longest))
}
