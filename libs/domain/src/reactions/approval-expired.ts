import { approvalLife, approvalThing, evolveGranted, type GrantedApproval } from './granted-approval.ts'
import type { Reaction } from './reaction.ts'

/** An approval ends with its term: nothing is recorded then, only time goes by. */
export const approvalExpired: Reaction<GrantedApproval> = {
  rule: 'approval-expired',
  description: 'The term of a granted approval ran out.',
  clause: null,
  follows: approvalLife,
  begin: { status: 'none' },
  things: approvalThing,
  on: (event, before) => {
    const state = evolveGranted(before, event)
    return { state, alarms: state.status === 'granted' ? [{ name: 'expiry', due: state.expiresAt }] : [] }
  },
  due: ({ due }, state, { thing }) => {
    if (state.status !== 'granted') return { state }
    const { subject, systems, grant } = state
    const approval = thing.slice('approval:'.length)
    const data = { approval, subject, because: 'expired', ...(systems.length > 0 && { systems }) }
    return { state: { status: 'ended' }, followUps: [{ type: 'ApprovalLapsed', data, occurredAt: due, causationId: grant }] }
  },
}
