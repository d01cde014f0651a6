import { type EventOf, withEntry } from '../decider.ts'
import type { subjectEvents } from './events.ts'

export type SubjectEvent = EventOf<typeof subjectEvents>

export interface SubjectState {
  readonly stream: 'subject'
  readonly erased: boolean
  /** A request waits for its answer. */
  readonly requested: boolean
  readonly holds: ReadonlyMap<string, 'placed' | 'released'>
  /** By `<event reference> <path>`. */
  readonly redacted: ReadonlyMap<string, true>
}

export const noSubject: SubjectState = { stream: 'subject', erased: false, requested: false, holds: new Map(), redacted: new Map() }

/** Total over any subset of a stream. */
export function evolveSubject(state: SubjectState, event: SubjectEvent): SubjectState {
  switch (event.type) {
    case 'ErasureRequested':
      return { ...state, requested: true }
    case 'ErasureRefused':
      return { ...state, requested: false }
    case 'SubjectErased':
      return { ...state, erased: true, requested: false }
    case 'FieldRedacted':
      return { ...state, redacted: withEntry(state.redacted, fieldKey(event.data), true) }
    case 'LegalHoldPlaced':
      return state.holds.has(event.data.hold) ? state : { ...state, holds: withEntry(state.holds, event.data.hold, 'placed') }
    case 'LegalHoldReleased':
      return { ...state, holds: withEntry(state.holds, event.data.hold, 'released') }
    case 'PayloadExpired':
      return state
  }
}

export const fieldKey = ({ event, path }: { event: string; path: string }) => `${event} ${path}`
