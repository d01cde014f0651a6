import type { EventOf } from '../decider.ts'
import type { policyEvents } from './events.ts'

/** What stands in `policy` streams: policies, gates and violations, each in a stream of its own. */
export type PolicyEvent = Exclude<EventOf<typeof policyEvents>, { type: 'CatalogueAdopted' | 'TemplatePublished' }>

export type ViolationState =
  | { readonly status: 'unrecorded' }
  | { readonly status: 'open'; readonly subject: string }
  | { readonly status: 'resolved'; readonly subject: string }

export interface PolicyState {
  readonly stream: 'policy'
  /** The versions of the policy that were adopted, in that order. */
  readonly adopted: readonly string[]
  /** The versions of the gate that were defined, in that order. */
  readonly gates: readonly string[]
  readonly violation: ViolationState
}

export const noPolicy: PolicyState = { stream: 'policy', adopted: [], gates: [], violation: { status: 'unrecorded' } }

/** Total over any subset of a stream. */
export function evolvePolicy(state: PolicyState, event: PolicyEvent): PolicyState {
  switch (event.type) {
    case 'PolicyAdopted':
    case 'PolicyRevised':
      return { ...state, adopted: withVersion(state.adopted, event.data.version) }
    case 'GateDefined':
      return { ...state, gates: withVersion(state.gates, event.data.version) }
    case 'ViolationRecorded':
      return state.violation.status === 'unrecorded' ? { ...state, violation: { status: 'open', subject: event.data.subject } } : state
    case 'ViolationResolved':
      return { ...state, violation: { status: 'resolved', subject: event.data.subject } }
  }
}

function withVersion(versions: readonly string[], version: string): readonly string[] {
  return versions.includes(version) ? versions : [...versions, version]
}
