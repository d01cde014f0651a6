import { type EventOf, withEntry } from '../decider.ts'
import type { incidentEvents } from './events.ts'

export type IncidentEvent = EventOf<typeof incidentEvents>

/** How far an incident is settled for one system; `open` and `contained` keep it from being closed. */
type SystemProgress = 'open' | 'contained' | 'corrected' | 'cleared'

export interface IncidentState {
  readonly stream: 'incident'
  readonly status: 'unreported' | 'open' | 'closed'
  readonly systems: ReadonlyMap<string, SystemProgress>
  /** The last triage in a word, or null: `high serious`. */
  readonly triage: string | null
}

export const noIncident: IncidentState = { stream: 'incident', status: 'unreported', systems: new Map(), triage: null }

/** Total over any subset of a stream. A system that is implicated after the closing opens the incident again. */
export function evolveIncident(state: IncidentState, event: IncidentEvent): IncidentState {
  switch (event.type) {
    case 'IncidentReported':
      return state.status === 'unreported' ? { ...state, status: 'open', systems: reported(state.systems, event.data.systems) } : state
    case 'SystemImplicated':
      return {
        ...state,
        status: state.status === 'closed' ? 'open' : state.status,
        systems: withEntry(state.systems, event.data.system, 'open'),
      }
    case 'SystemCleared':
      return { ...state, systems: withEntry(state.systems, event.data.system, 'cleared') }
    case 'ContainmentDone':
      return { ...state, systems: withEntry(state.systems, event.data.system, contained(state.systems.get(event.data.system))) }
    case 'CorrectiveActionDone':
      return { ...state, systems: withEntry(state.systems, event.data.system, 'corrected') }
    case 'IncidentTriaged':
      return { ...state, triage: triageOf(event.data) }
    case 'IncidentClosed':
      return { ...state, status: 'closed' }
    case 'AuthorityNotified':
      return state
  }
}

/** What was recorded of a system before the report stands. */
function reported(known: ReadonlyMap<string, SystemProgress>, systems: readonly string[]): ReadonlyMap<string, SystemProgress> {
  return new Map([...systems.map((system) => [system, 'open'] as const), ...known])
}

function contained(progress: SystemProgress | undefined): SystemProgress {
  return progress === 'corrected' || progress === 'cleared' ? progress : 'contained'
}

export function triageOf({ severity, serious, category }: { severity: string; serious: boolean; category?: string }): string {
  return [severity, serious ? 'serious' : 'not serious', category ?? ''].join(' ').trim()
}
