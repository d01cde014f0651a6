import type { EventOf } from '../decider.ts'
import type { decisionEvents } from './events.ts'

export type DecisionEvent = EventOf<typeof decisionEvents>
type ReviewOutcome = Extract<DecisionEvent, { type: 'DecisionReviewed' }>['data']['outcome']

/** One decision of an AI system. Its stream holds many: the first event that is folded says which one this is. */
export type DecisionState =
  | { readonly stream: 'decision'; readonly status: 'unknown' }
  | {
      readonly stream: 'decision'
      readonly status: 'made' | 'unmade'
      readonly decisionId: string
      readonly explained: boolean
      readonly reviewed: ReviewOutcome | null
    }

export const noDecision: DecisionState = { stream: 'decision', status: 'unknown' }

/** Total over any subset: reviews may be recorded before the decision. Events of another decision leave the state as it is. */
export function evolveDecision(state: DecisionState, event: DecisionEvent): DecisionState {
  const { decisionId } = event.data
  const known =
    state.status === 'unknown' ? ({ stream: 'decision', status: 'unmade', decisionId, explained: false, reviewed: null } as const) : state
  if (known.decisionId !== decisionId) return state
  switch (event.type) {
    case 'DecisionMade':
      return { ...known, status: 'made' }
    case 'DecisionReviewed':
      return { ...known, reviewed: event.data.outcome }
    case 'ExplanationGiven':
      return { ...known, explained: true }
  }
}
