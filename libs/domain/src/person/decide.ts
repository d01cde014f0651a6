import { ACCEPTED, contradicts, type Decision } from '../decider.ts'
import type { PersonEvent, PersonState } from './state.ts'

/** After a deactivation nothing more happens to a person but refused attempts to sign in. */
export function decidePerson(command: PersonEvent, state: PersonState): Decision {
  switch (command.type) {
    case 'PersonInvited':
    case 'PersonProfileSet':
    case 'PersonDeactivated':
    case 'SignedIn':
      return state.status === 'active' ? ACCEPTED : contradicts('Deactivated', 'the person was deactivated')
    case 'SignInRefused':
      return ACCEPTED
  }
}
