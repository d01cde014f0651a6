import type { RecordedFact } from '../recorded-fact.ts'
import { approvalExpired } from './approval-expired.ts'
import { approvalExpiring } from './approval-expiring.ts'
import { approvalOvertaken } from './approval-overtaken.ts'
import { authorityDeadline } from './authority-deadline.ts'
import { deployedWithoutApproval } from './deployed-without-approval.ts'
import { driftUnresolved } from './drift-unresolved.ts'
import { evidenceExpiring } from './evidence-expiring.ts'
import { payloadExpired } from './payload-expired.ts'
import { quotaExceeded } from './quota-exceeded.ts'
import type { Alarm, Reaction, Step, Surroundings } from './reaction.ts'

/** A reaction whose state is a JSON value that only it looks into. */
export interface AnyReaction extends Omit<Reaction<unknown>, 'on' | 'due'> {
  on(event: RecordedFact, state: unknown, around: Surroundings): Step<unknown>
  due(alarm: Alarm, state: unknown, around: Surroundings): Step<unknown>
}

/** All rules, in the order in which their follow-ups are recorded. New ones come at the end; none is renamed or moved. */
export const reactions: readonly AnyReaction[] = Object.freeze([
  erased(deployedWithoutApproval),
  erased(approvalOvertaken),
  erased(approvalExpired),
  erased(approvalExpiring),
  erased(evidenceExpiring),
  erased(authorityDeadline),
  erased(driftUnresolved),
  erased(quotaExceeded),
  erased(payloadExpired),
])

/** The runner gives each rule the states that this very rule had made. */
function erased<State>(reaction: Reaction<State>): AnyReaction {
  const { on, due } = reaction
  return {
    ...reaction,
    on: (event, state, around) => on(event, state as State, around),
    due: (alarm, state, around) => due?.(alarm, state as State, around) ?? { state },
  }
}
