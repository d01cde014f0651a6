import { type EventOf, withEntry } from '../decider.ts'
import type { aisystemEvents } from './events.ts'

export type AisystemEvent = EventOf<typeof aisystemEvents>

/** What people have settled about a system. */
interface SystemSettlements {
  /** By `<list>/<item>` of the readiness checklist. */
  readonly readiness: ReadonlyMap<string, 'met' | 'waived'>
  /** The last day of the waiver, by obligation. */
  readonly waivers: ReadonlyMap<string, string>
  /** The last verdict, by `<obligation> <event reference>`: `accepted`, `accepted until 2027-01-01` or `rejected`. */
  readonly verdicts: ReadonlyMap<string, string>
}

export type AisystemState = { readonly stream: 'aisystem'; readonly status: 'unregistered' | 'registered' | 'retired' } & SystemSettlements

export const noSystem: AisystemState = {
  stream: 'aisystem',
  status: 'unregistered',
  readiness: new Map(),
  waivers: new Map(),
  verdicts: new Map(),
}

/** Total over any subset of a stream; observations other than the registration don't bear on any decision. */
export function evolveAisystem(state: AisystemState, event: AisystemEvent): AisystemState {
  switch (event.type) {
    case 'SystemRegistered':
      return state.status === 'unregistered' ? { ...state, status: 'registered' } : state
    case 'SystemRetired':
      return { ...state, status: 'retired' }
    case 'ReadinessItemSettled':
      return { ...state, readiness: withEntry(state.readiness, readinessKey(event.data), event.data.outcome) }
    case 'ObligationWaived':
      return { ...state, waivers: withEntry(state.waivers, event.data.obligation, event.data.until) }
    case 'EvidenceAccepted':
      return { ...state, verdicts: withEntry(state.verdicts, verdictKey(event.data), acceptance(event.data)) }
    case 'EvidenceRejected':
      return { ...state, verdicts: withEntry(state.verdicts, verdictKey(event.data), 'rejected') }
    case 'SystemClassified':
    case 'DependencyDeclared':
    case 'DependencyRemoved':
    case 'RolloutPhaseEntered':
    case 'DocumentAttached':
    case 'RiskIdentified':
    case 'RiskAssessed':
    case 'RiskTreated':
    case 'OversightPlanned':
    case 'RightsImpactAssessed':
    case 'ConformityAssessed':
    case 'DeclarationIssued':
    case 'RegisteredInEuDatabase':
    case 'MonitoringPlanned':
    case 'MonitoringReported':
    case 'SystemChanged':
    case 'FeedbackRecorded':
    case 'AvailabilityMeasured':
    case 'RecoveryTested':
    case 'AgentActionTaken':
      return state
  }
}

export const readinessKey = ({ list, item }: { list: string; item: string }) => `${list}/${item}`

export const verdictKey = ({ obligation, event }: { obligation: string; event: string }) => `${obligation} ${event}`

export const acceptance = ({ until }: { until?: string }) => (until === undefined ? 'accepted' : `accepted until ${until}`)
