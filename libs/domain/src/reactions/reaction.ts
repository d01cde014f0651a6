import type { RetentionRule } from '../dataset/retention-rule.ts'
import type { FollowUp } from '../decider.ts'
import type { RecordedFact } from '../recorded-fact.ts'
import type { WorkspaceSettings } from './workspace-settings.ts'

/**
 * A reaction is a rule that says what follows from what was recorded: pure, and folded over the record in its order. It keeps a state for
 * each *thing* that it watches, a JSON value, so that no more than one thing's history is ever in memory.
 *
 * Its steps must be the same whenever they are run again over the same events: the follow-ups' ids come from rule, cause, target and
 * ordinal, and whoever runs reactions may run them twice.
 */
export interface Reaction<State> {
  /** Part of the follow-ups' ids and of what is stored: never renamed. */
  readonly rule: string
  readonly description: string
  /** Where the rule stands, if it stands somewhere. */
  readonly clause: string | null
  /** The types that bear on its state or that something follows from. */
  readonly follows: ReadonlySet<string>
  /** Whether every event of a workspace bears on it, whatever its type. */
  readonly followsAll?: (settings: WorkspaceSettings) => boolean
  readonly begin: State
  /** The things whose states one of the types it follows bears on. */
  things(event: RecordedFact): readonly string[]
  on(event: RecordedFact, state: State, around: Surroundings): Step<State>
  /** An alarm that it had set has come due. */
  due?(alarm: Alarm, state: State, around: Surroundings): Step<State>
}

export interface Surroundings {
  readonly thing: string
  readonly settings: WorkspaceSettings
}

/** What an event, or time, makes of a thing's state, and what follows from it. */
export interface Step<State> {
  readonly state: State
  readonly followUps?: readonly CausedEvent[]
  /** A later alarm of the same thing and name takes the place of an earlier one; none is ever taken back: `due` sees that it is idle. */
  readonly alarms?: readonly Alarm[]
  readonly expiries?: readonly Expiry[]
}

/**
 * What was recorded until an instant has run out under a rule. Too many events to be in a state: whoever runs reactions reads them page by
 * page, and a `PayloadExpired` follows from each page, less what expired before and what a legal hold covers.
 */
export interface Expiry {
  readonly rule: RetentionRule
  readonly until: string
  /** Everything recorded until then is looked at; else only what came since the last time. */
  readonly fromBeginning: boolean
  readonly occurredAt: string
  readonly causationId: string
}

export interface Alarm {
  readonly name: string
  /** From this instant on. */
  readonly due: string
}

/** A follow-up with its own time; the same whenever it is made again. */
export interface CausedEvent extends FollowUp {
  readonly occurredAt: string
  /** The reference of the event that it follows from; of an alarm: of the event that had set it. */
  readonly causationId: string
}
