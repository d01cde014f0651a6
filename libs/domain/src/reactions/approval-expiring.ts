import { thingOfStream } from '../approval/material-change.ts'
import type { RecordedFact } from '../recorded-fact.ts'
import { approvalLife, evolveGranted, type GrantedApproval } from './granted-approval.ts'
import { plusDays } from './legal-time.ts'
import type { Reaction, Step } from './reaction.ts'

/** So many days ahead people are reminded. An approval whose whole term is shorter needs no reminder. */
const AHEAD = 14

/** By approval: those in force of one system, model or dataset and of its versions. */
type GrantedApprovals = Readonly<Record<string, GrantedApproval>>

export const approvalExpiring: Reaction<GrantedApprovals> = {
  rule: 'approval-expiring',
  description: `A granted approval expires within ${AHEAD} days: a task to renew it is opened, unless what was approved is retired.`,
  clause: null,
  follows: new Set([...approvalLife, 'SystemRetired', 'ModelRetired']),
  begin: {},
  things: (event) => [approvalLife.has(event.type) ? unversioned(String(event.data.subject)) : thingOfStream(event.stream)],
  on: (event, state, { thing }) => (approvalLife.has(event.type) ? evolved(state, event) : { state: withoutRetired(state, event, thing) }),
  due: ({ name, due }, state) => {
    const approval = Object.hasOwn(state, name) ? state[name] : undefined
    if (approval?.status !== 'granted') return { state }
    const { subject, systems, grant, id, expiresAt } = approval
    const data = {
      task: `renew-approval-${id}`,
      for: subject,
      due: expiresAt,
      instruction: `The approval ${name} of ${subject} ends: ask for a new one, or take ${subject} out of use.`,
      cause: grant,
      ...(systems.length > 0 && { systems }),
    }
    return { state, followUps: [{ type: 'TaskOpened', data, occurredAt: due, causationId: grant }] }
  },
}

function evolved(state: GrantedApprovals, event: RecordedFact): Step<GrantedApprovals> {
  const name = String(event.data.approval)
  const before = (Object.hasOwn(state, name) ? state[name] : undefined) ?? { status: 'none' }
  const after = evolveGranted(before, event)
  if (after.status !== 'granted') return { state: without(state, ([known]) => known === name) }
  const next = { ...state, [name]: after }
  if (before.status === 'granted') return { state: next }
  const remind = plusDays(after.expiresAt, -AHEAD)
  return { state: next, alarms: remind > after.grantedAt ? [{ name, due: remind }] : [] }
}

/** With a whole thing its versions are retired too. */
function withoutRetired(state: GrantedApprovals, { data: { version } }: RecordedFact, thing: string): GrantedApprovals {
  if (typeof version !== 'string') return {}
  return without(state, ([, approval]) => approval.status === 'granted' && approval.subject === `${thing}@${version}`)
}

function without(state: GrantedApprovals, gone: (entry: [string, GrantedApproval]) => boolean): GrantedApprovals {
  return Object.fromEntries(Object.entries(state).filter((entry) => !gone(entry)))
}

function unversioned(reference: string): string {
  return reference.split('@', 1)[0] ?? reference
}
