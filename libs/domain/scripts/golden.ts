import type { EventType, ParsedEvent } from '../src/event-type.ts'
import { parseEvent } from '../src/parse-event.ts'

/** When the golden payloads occurred, all of them. */
const OCCURRED_AT = '2026-03-04T07:15:00.000Z'

/** One payload as it was sent, and what was to be recorded of it. Golden payloads are only ever added. */
export interface Golden {
  readonly type: string
  readonly version: number
  readonly occurredAt: string
  readonly sent: unknown
  readonly recorded: Omit<ParsedEvent, 'type' | 'version'>
}

/** @throws Error when the type's own example is refused. */
export function goldenOf(type: EventType): Golden {
  return recordedNow({ type: type.name, version: type.version, occurredAt: OCCURRED_AT, sent: type.example })
}

/** The golden payload with what today's code would record of it. */
export function recordedNow({ type, version, occurredAt, sent }: Omit<Golden, 'recorded'>): Golden {
  const outcome = parseEvent(type, sent, occurredAt)
  if (outcome.status === 'refused') throw new Error(`expected ${type} v${version} to be accepted, found: ${outcome.message}`)
  const { stream, about, data, sealed } = outcome.event
  return { type, version, occurredAt, sent, recorded: { stream, about, data, sealed } }
}

export function goldenFile({ type, version }: { type: string; version: number }): string {
  return `${type}.v${version}.json`
}
