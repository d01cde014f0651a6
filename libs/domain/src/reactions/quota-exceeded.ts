import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import type { CausedEvent, Reaction } from './reaction.ts'
import type { Quota, WorkspaceSettings } from './workspace-settings.ts'

/** Events a calendar month (UTC, by recordedAt). */
const EVENTS = 'events-per-month'
/** The quota of a resource that costs are recorded of: their quantities of a calendar month. */
const A_MONTH = '-per-month'

interface Use {
  readonly month: string
  readonly used: number
  readonly exceeded: boolean
}

/** By resource: the newest month. */
type Uses = Readonly<Record<string, Use>>

export const quotaExceeded: Reaction<Uses> = {
  rule: 'quota-exceeded',
  description: 'The use of a resource went over the quota of the workspace: said once a month.',
  clause: null,
  follows: new Set(['CostRecorded', 'QuotaSet']),
  followsAll: ({ quotas }) => Object.hasOwn(quotas, EVENTS),
  begin: {},
  things: () => ['quotas'],
  on: (event, before, { settings }) => {
    let state = before
    const followUps: CausedEvent[] = []
    for (const [resource, quota] of limitsFor(event, settings)) {
      const use = evolveUse(state[resource], resource, event)
      const goesOver = use !== null && !use.exceeded && use.used > quota.limit
      if (use !== null) state = { ...state, [resource]: { ...use, exceeded: use.exceeded || goesOver } }
      if (goesOver) followUps.push(exceeded({ resource, quota, used: use.used }, event))
    }
    return { state, followUps }
  },
}

/** The quotas that this event bears on. */
function limitsFor({ type, data }: RecordedFact, { quotas }: WorkspaceSettings): readonly [string, Quota][] {
  const named = type === 'QuotaSet' ? String(data.resource) : `${data.resource}${A_MONTH}`
  const names = type === 'QuotaSet' || type === 'CostRecorded' ? [named, EVENTS] : [EVENTS]
  return [...new Set(names)].flatMap((name) => (Object.hasOwn(quotas, name) ? [[name, quotas[name] as Quota] as [string, Quota]] : []))
}

/** The use of the newest month; null when nothing of it is known. */
function evolveUse(before: Use | undefined, resource: string, event: RecordedFact): Use | null {
  const added = addedBy(event, resource)
  if (added === null) return before ?? null
  if (before === undefined || added.month > before.month) return { month: added.month, used: added.amount, exceeded: false }
  return added.month === before.month ? { ...before, used: before.used + added.amount } : before
}

function addedBy({ type, data, recordedAt }: RecordedFact, resource: string): { month: string; amount: number } | null {
  if (resource === EVENTS) return { month: recordedAt.slice(0, 7), amount: 1 }
  if (type !== 'CostRecorded' || typeof data.quantity !== 'number') return null
  const { from } = data.period as { from: string }
  return { month: from.slice(0, 7), amount: data.quantity }
}

function exceeded({ resource, quota, used }: { resource: string; quota: Quota; used: number }, event: RecordedFact): CausedEvent {
  const cause = referenceOf(event)
  return {
    type: 'QuotaExceeded',
    data: { resource, limit: quota.limit, used, unit: quota.unit, cause },
    occurredAt: event.recordedAt,
    causationId: cause,
  }
}
