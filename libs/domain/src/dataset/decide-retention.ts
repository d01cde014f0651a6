import { ACCEPTED, type Decision, type DecisionContext, refuses } from '../decider.ts'
import { eventType } from '../event-types.ts'
import { hasSealedFields } from '../sealed-types.ts'
import { automaticLogs } from './automatic-logs.ts'
import { lastsSixMonths } from './duration.ts'
import { retentionRule } from './retention-rule.ts'

/** A rule by which payloads of this record expire is decided by a person, and never lets logs go before the law does. */
export function decideRetention(data: Readonly<Record<string, unknown>>, { actor }: DecisionContext): Decision {
  const rule = retentionRule(data)
  if (rule === null) return ACCEPTED
  if (actor.kind !== 'person')
    return {
      status: 'refused',
      code: 'DecisionNeedsAPerson',
      reason: 'NotAPerson',
      message: 'a rule by which payloads of this record expire is a decision; decisions are made by people',
    }
  const idle = rule.types.find((type) => !canExpire(type))
  if (idle !== undefined) return refuses('NothingExpires', `${idle} is no type that services or people record with encrypted fields`)
  const log = rule.types.find((type) => automaticLogs.has(type))
  return log === undefined || lastsSixMonths(rule.keep)
    ? ACCEPTED
    : refuses(
        'RetentionTooShort',
        `${log} is a log that a system generates: such logs are kept for at least six months (Regulation (EU) 2024/1689, Art. 19(1) and 26(6)), this rule keeps them for ${rule.keep}`,
      )
}

function canExpire(name: string): boolean {
  const type = eventType(name)
  return type !== undefined && type.recordedBy !== 'annal' && hasSealedFields(name)
}
