import { ACCEPTED, contradicts, type Decision, type DecisionRefusal, refuses } from '../decider.ts'
import { type IncidentEvent, type IncidentState, triageOf } from './state.ts'

/** One incident over many systems is closed when each of them is corrected or cleared. */
export function decideIncident(command: IncidentEvent, state: IncidentState): Decision {
  switch (command.type) {
    case 'IncidentReported':
      return state.status === 'unreported'
        ? ACCEPTED
        : contradicts('AlreadyReported', `the incident ${command.data.incident} is reported already`)
    case 'SystemCleared':
      return clear(command.data.system, state)
    case 'IncidentTriaged':
      return (
        notOpen(state) ??
        (state.triage === triageOf(command.data) ? refuses('NothingNew', `it was triaged so before: ${state.triage}`) : ACCEPTED)
      )
    case 'IncidentClosed':
      return notOpen(state) ?? close(state)
    case 'SystemImplicated':
    case 'ContainmentDone':
    case 'AuthorityNotified':
    case 'CorrectiveActionDone':
      return ACCEPTED
  }
}

function clear(system: string, state: IncidentState): Decision {
  return state.systems.has(system)
    ? ACCEPTED
    : contradicts('NotImplicated', `the incident does not concern ${system}: there is nothing to clear`)
}

function notOpen(state: IncidentState): DecisionRefusal | null {
  if (state.status === 'unreported') return refuses('NotReported', 'there is no such incident: it must be reported first')
  return state.status === 'closed' ? refuses('Closed', 'the incident is closed') : null
}

function close(state: IncidentState): Decision {
  const open = [...state.systems].filter(([, progress]) => progress === 'open' || progress === 'contained').map(([system]) => system)
  return open.length === 0 ? ACCEPTED : refuses('SystemsOpen', `neither corrected nor cleared yet: ${open.sort().join(', ')}`)
}
