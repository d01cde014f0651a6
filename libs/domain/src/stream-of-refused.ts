import { streamOfReference } from './correction/stream-of-reference.ts'
import type { EventType } from './event-type.ts'

type Path = readonly PropertyKey[]

/**
 * Where an event would have gone whose data was refused at these paths; null when a field that its stream is named after is among them,
 * or the data as a whole.
 */
export function streamOfRefused(type: EventType, data: unknown, occurredAt: string, refused: readonly Path[]): string | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null
  const unread = new Set(refused.map(([member]) => member))
  let told = true
  const legible = new Proxy(data as Readonly<Record<PropertyKey, unknown>>, {
    get(values, member) {
      if (!unread.has(member)) return Object.hasOwn(values, member) ? values[member] : undefined
      told = false
      return ''
    },
  })
  const stream = type.stream === 'any' ? streamOfReference(String(legible.event)) : `${type.stream}-${type.streamId(legible, occurredAt)}`
  return told ? stream : null
}
