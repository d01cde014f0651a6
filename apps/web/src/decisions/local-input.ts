import { lightFormat } from 'date-fns/lightFormat'

/** An instant as a field of kind `datetime-local` takes it, in the reader's zone. */
export function localInput(at: Date): string {
  return lightFormat(at, "yyyy-MM-dd'T'HH:mm")
}

export function inDays(days: number, from: Date): string {
  return localInput(new Date(from.getTime() + days * 86_400_000))
}
