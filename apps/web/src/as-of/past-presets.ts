import { endOfDay } from 'date-fns/endOfDay'
import { subDays } from 'date-fns/subDays'
import { subMonths } from 'date-fns/subMonths'

interface PastPreset {
  readonly title: string
  readonly instant: string
}

/** Ends of days in the reader's zone, so that the same choice on the same day is the same link. */
export function pastPresets(now: Date): readonly PastPreset[] {
  const end = (day: Date) => endOfDay(day).toISOString()
  return [
    { title: 'End of yesterday', instant: end(subDays(now, 1)) },
    { title: 'A week ago', instant: end(subDays(now, 7)) },
    { title: 'A month ago', instant: end(subMonths(now, 1)) },
    { title: 'A quarter ago', instant: end(subMonths(now, 3)) },
    { title: 'A year ago', instant: end(subMonths(now, 12)) },
  ]
}

/** What a field of kind `datetime-local` holds, as an instant: all of the second, but nothing that has not come yet. Null: no time. */
export function typedInstant(text: string, now: Date): string | null {
  const second = Date.parse(text)
  if (Number.isNaN(second)) return null
  return new Date(second <= now.getTime() ? Math.min(second + 999, now.getTime()) : second).toISOString()
}
