import type { EventType, StreamType } from './event-type.ts'

/** Streams whose decisions are guarded by a decider so far; decisions of other streams can't be made yet. */
export const guardedStreams: ReadonlySet<StreamType | 'any'> = new Set<StreamType | 'any'>([
  'aisystem',
  'model',
  'dataset',
  'decision',
  'approval',
  'incident',
])

/** Whether `append` takes the type: observations, and decisions of people that a decider guards. */
export function isAppendable(type: EventType): boolean {
  switch (type.recordedBy) {
    case 'sender':
      return true
    case 'person':
      return guardedStreams.has(type.stream)
    case 'annal':
      return false
  }
}
