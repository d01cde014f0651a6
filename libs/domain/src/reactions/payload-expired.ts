import { before } from '../dataset/duration.ts'
import { type RetentionRule, retentionRule } from '../dataset/retention-rule.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import { plusDays } from './legal-time.ts'
import type { Expiry, Reaction, Step } from './reaction.ts'

interface StandingRule extends RetentionRule {
  /** The reference of the event that set it. */
  readonly setBy: string
  /** When it is looked at next. */
  readonly due: string
  /** What was recorded until then has been looked at; null: nothing yet. */
  readonly until: string | null
}

/** By rule: all that stand in a workspace. */
type StandingRules = Readonly<Record<string, StandingRule>>

export const payloadExpired: Reaction<StandingRules> = {
  rule: 'payload-expired',
  description:
    'The retention of events of this record has run out: once a day their keys are destroyed, and what was held when its hold is released.',
  clause: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_5',
  follows: new Set(['RetentionSet', 'LegalHoldReleased']),
  begin: {},
  things: () => ['retention'],
  on: (event, state) => (event.type === 'RetentionSet' ? set(event, state) : released(event, state)),
  due: ({ name, due }, state) => {
    const standing = Object.hasOwn(state, name) ? state[name] : undefined
    if (standing === undefined || standing.due !== due) return { state }
    const until = before(due, standing.keep)
    const next = plusDays(due, 1)
    return {
      state: { ...state, [name]: { ...standing, until, due: next } },
      expiries: [expiry(standing, { until, fromBeginning: standing.until === null, occurredAt: due, causationId: standing.setBy })],
      alarms: [{ name, due: next }],
    }
  },
}

/** It takes effect with the next day: until then it can be set right. */
function set(event: RecordedFact, state: StandingRules): Step<StandingRules> {
  const rule = retentionRule(event.data)
  const { [String(event.data.dataset)]: _before, ...others } = state
  if (rule === null) return { state: others }
  const due = plusDays(`${event.recordedAt.slice(0, 10)}T00:00:00.000Z`, 1)
  return {
    state: { ...others, [rule.rule]: { ...rule, setBy: referenceOf(event), due, until: null } },
    alarms: [{ name: rule.rule, due }],
  }
}

/** What had run out while it was held goes now. */
function released(event: RecordedFact, state: StandingRules): Step<StandingRules> {
  const occurredAt = event.recordedAt
  const causationId = referenceOf(event)
  const expiries = Object.values(state).flatMap((standing) =>
    standing.until === null ? [] : [expiry(standing, { until: standing.until, fromBeginning: true, occurredAt, causationId })],
  )
  return { state, expiries }
}

function expiry({ rule, keep, types, systems }: StandingRule, when: Omit<Expiry, 'rule'>): Expiry {
  return { rule: { rule, keep, types, systems }, ...when }
}
