import type { RecordedEvent } from '@annal/ledger'
import { readJson } from '@annal/proof'
import { trailFacts } from '../audit-trail/trail-facts.ts'

/** What every event tells the registers; instants are milliseconds since 1970. */
export interface RegisterEvent {
  readonly recorded: RecordedEvent
  readonly workspace: string
  /** What its stream is about: `aisystem:credit-scoring`. */
  readonly thing: string
  readonly about: readonly string[]
  readonly occurred: number
  readonly at: number
  /** `person:per_…` or `service:…`. */
  readonly actor: string
}

/** Without parsing the event's data: of most events nothing more is needed. */
export function registerEvent(recorded: RecordedEvent): RegisterEvent {
  const { about, actor, occurredAt, recordedAt } = trailFacts(recorded)
  const dot = recorded.stream.indexOf('.')
  return {
    recorded,
    workspace: recorded.stream.slice(0, dot),
    thing: thingOfStream(recorded.stream.slice(dot + 1)),
    about,
    occurred: occurredAt,
    at: recordedAt,
    actor: `${actor.kind}:${actor.id}`,
  }
}

/** `aisystem:x` of `aisystem-x`: a stream's type has no hyphen. */
export function thingOfStream(stream: string): string {
  return stream.replace('-', ':')
}

export type EventContent = Readonly<Record<string, unknown>>

/** The data of an event as it is stored: what is sealed stays sealed. */
export function contentOf({ bytes }: Pick<RecordedEvent, 'bytes'>): EventContent {
  const event = readJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString())
  return (event as { readonly data: EventContent }).data
}

export const wordIn = (content: EventContent, name: string): string | null => {
  const value = content[name]
  return typeof value === 'string' ? value : null
}

export const numberIn = (content: EventContent, name: string): number | null => {
  const value = content[name]
  return typeof value === 'number' ? value : null
}

export const wordsIn = (content: EventContent, name: string): string[] => {
  const value = content[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export const partIn = (content: EventContent, name: string): EventContent => {
  const value = content[name]
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
