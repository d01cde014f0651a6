import type { EventType } from './event-type.ts'
import { eventType } from './event-types.ts'

/** What is derived of an event type, by its name, made when the type is met first. Undefined where there is no such type. */
export function perType<Value>(derive: (type: EventType) => Value): (name: string) => Value | undefined {
  const made = new Map<string, Value>()
  return (name) => {
    const known = made.get(name)
    if (known !== undefined || made.has(name)) return known
    const type = eventType(name)
    if (type === undefined) return undefined
    const value = derive(type)
    made.set(name, value)
    return value
  }
}
