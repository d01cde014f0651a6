export * from './event-type.ts'
export { type EventTypeName, eventType, eventTypes } from './event-types.ts'
export { parseEvent } from './parse-event.ts'
