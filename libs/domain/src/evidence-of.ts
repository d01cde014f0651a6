import { eventType } from './event-types.ts'

/** The kinds of evidence that an event counts as: those of its type, or the kind that a document names. */
export function evidenceOf(type: string, data: Readonly<Record<string, unknown>>): readonly string[] {
  if (type === 'DocumentAttached') return typeof data.kind === 'string' ? [data.kind] : []
  return eventType(type)?.evidence ?? []
}
