import { ACCEPTED, contradicts, type Decision } from '../decider.ts'
import type { DecisionEvent, DecisionState } from './state.ts'

/**
 * Decisions of AI systems, their reviews and explanations are observations. They come in such numbers that `append` doesn't read
 * their streams first; whoever does learns here that one decision was recorded twice under two event ids.
 */
export function decideDecision(command: DecisionEvent, state: DecisionState): Decision {
  switch (command.type) {
    case 'DecisionMade':
      return state.status === 'made' && state.decisionId === command.data.decisionId
        ? contradicts('AlreadyMade', `the decision ${command.data.decisionId} is recorded already`)
        : ACCEPTED
    case 'DecisionReviewed':
    case 'ExplanationGiven':
      return ACCEPTED
  }
}
