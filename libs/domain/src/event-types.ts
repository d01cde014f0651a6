import { aisystemEvents } from './aisystem/events.ts'
import { decisionEvents } from './decision/events.ts'
import type { EventType } from './event-type.ts'
import { modelEvents } from './model/events.ts'

const all = [...aisystemEvents, ...modelEvents, ...decisionEvents] as const

export type EventTypeName = (typeof all)[number]['name']

/** Every event type, stream by stream, in the order of the catalogue. */
export const eventTypes: readonly EventType[] = all

const byName = new Map<string, EventType>(eventTypes.map((type) => [type.name, type]))

export function eventType(name: string): EventType | undefined {
  return byName.get(name)
}
