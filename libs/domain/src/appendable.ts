import { initialState } from './deciders.ts'
import type { EventType } from './event-type.ts'

/** Whether `append` takes the type: observations, and those decisions of people that a decider guards. */
export function isAppendable(type: EventType): boolean {
  switch (type.recordedBy) {
    case 'sender':
      return true
    case 'person':
      return initialState(type.stream) !== null
    case 'annal':
      return false
  }
}
