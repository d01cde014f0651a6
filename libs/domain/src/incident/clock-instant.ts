import { correctedFact } from '../correction/corrected-fact.ts'
import type { ParsedEvent } from '../event-type.ts'

/** By type: the instant that legal clocks start or stop at. */
const fields: Readonly<Record<string, string | undefined>> = { IncidentReported: 'awareAt', AuthorityNotified: 'sentAt' }

export interface ClockInstant {
  readonly instant: string
  /** A JSON Pointer into the event's data. */
  readonly path: string
}

/** What a deadline would go by, of an event or its correction; null if none does. Nobody is aware, or has told, ahead of time. */
export function clockInstant(event: Pick<ParsedEvent, 'type' | 'data'>): ClockInstant | null {
  const corrected = correctedFact(event)
  const { type, data } = corrected ?? event
  const field = Object.hasOwn(fields, type) ? fields[type] : undefined
  const instant = field === undefined ? undefined : data[field]
  return typeof instant === 'string' ? { instant, path: `${corrected === null ? '' : '/data'}/${field}` } : null
}
