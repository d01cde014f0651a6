import type { EventOf } from '../decider.ts'
import type { personEvents } from './events.ts'

export type PersonEvent = EventOf<typeof personEvents>

export interface PersonState {
  readonly stream: 'person'
  readonly status: 'active' | 'deactivated'
}

/** Nothing was recorded of the first administrator before he signs in, so nobody is unknown here. */
export const noPerson: PersonState = { stream: 'person', status: 'active' }

/** Total over any subset of a stream. A deactivation is for good: who comes back is invited anew, as another person. */
export function evolvePerson(state: PersonState, event: PersonEvent): PersonState {
  switch (event.type) {
    case 'PersonDeactivated':
      return { ...state, status: 'deactivated' }
    case 'PersonInvited':
    case 'PersonProfileSet':
    case 'SignedIn':
    case 'SignInRefused':
      return state
  }
}
