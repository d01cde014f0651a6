import { lightFormat } from 'date-fns/lightFormat'

/** An instant as a field of kind `datetime-local` takes it, in the reader's zone. */
export function localInput(at: Date, upTo: 'minutes' | 'seconds' = 'minutes'): string {
  return lightFormat(at, upTo === 'minutes' ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss")
}

export function inDays(days: number, from: Date): string {
  return localInput(new Date(from.getTime() + days * 86_400_000))
}
