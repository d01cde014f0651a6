import { ACCEPTED, contradicts, type Decision, type DecisionContext, type DecisionRefusal, type FollowUp, refuses } from '../decider.ts'
import type { ApprovalEvent, ApprovalRequest, ApprovalState } from './state.ts'

type Pending = Extract<ApprovalState, { status: 'pending' }>

/** Every approval is decided on its state: who asked, who may, who already did, and until when. */
export function decideApproval(command: ApprovalEvent, state: ApprovalState, context: DecisionContext): Decision {
  switch (command.type) {
    case 'ApprovalRequested':
      return request(command.data, state, context)
    case 'ApprovalGiven':
      return give(command.data.subject, state, context)
    case 'ApprovalRefused':
      return refuse(command.data.subject, state, context)
    case 'ApprovalWithdrawn':
      return withdraw(command.data.subject, state, context)
    case 'ApprovalGranted':
      return state.status === 'pending' && state.given.length >= state.request.quorum ? ACCEPTED : notPending(state)
    case 'ApprovalLapsed':
      return lapse(command.data.because, state, context)
  }
}

type Requested = Extract<ApprovalEvent, { type: 'ApprovalRequested' }>['data']

function request(data: Requested, state: ApprovalState, { actor }: DecisionContext): Decision {
  if (state.status !== 'unrequested')
    return contradicts('AlreadyRequested', `the approval ${data.approval} was requested before; ask under another id`)
  const eligible = new Set(data.approvers)
  eligible.delete(actor.id)
  if (data.requester !== undefined) eligible.delete(data.requester)
  if (eligible.size < data.quorum) {
    return refuses(
      'QuorumUnreachable',
      `${data.quorum} must approve, but only ${eligible.size} of the named people may: nobody approves their own request`,
    )
  }
  return ACCEPTED
}

function give(subject: string, state: ApprovalState, context: DecisionContext): Decision {
  const refusal = voteRefusal(subject, state, context)
  if (refusal !== null) return refusal
  if (state.status !== 'pending') return notPending(state)
  const given = [...state.given, context.actor.id]
  return { status: 'accepted', followUps: given.length >= state.request.quorum ? [granted(state.request, given)] : [] }
}

function refuse(subject: string, state: ApprovalState, context: DecisionContext): Decision {
  return voteRefusal(subject, state, context) ?? ACCEPTED
}

function withdraw(subject: string, state: ApprovalState, { actor, at }: DecisionContext): Decision {
  if (state.status !== 'pending' && state.status !== 'granted') return notPending(state)
  const { request } = state
  if (request.subject !== subject) return otherSubject(request)
  if (at >= request.expiresAt) return expired(request)
  if (![...request.requesters, ...request.approvers].includes(actor.id))
    return refuses('NotNamed', 'only the requester or a named approver may withdraw it')
  return ACCEPTED
}

function lapse(because: 'expired' | 'subject_changed', state: ApprovalState, { at }: DecisionContext): Decision {
  if (state.status !== 'granted') return refuses('NothingNew', `only a granted approval can lapse; this one is ${state.status}`)
  const { expiresAt } = state.request
  return because === 'expired' && at < expiresAt ? refuses('NotExpired', `it is in force until ${expiresAt}`) : ACCEPTED
}

/** Why this person may not vote on it now, or null. */
function voteRefusal(subject: string, state: ApprovalState, { actor, at }: DecisionContext): DecisionRefusal | null {
  if (state.status !== 'pending') return notPending(state)
  const { request } = state
  if (request.subject !== subject) return otherSubject(request)
  if (at >= request.expiresAt) return expired(request)
  return personRefusal(state, actor.id)
}

function personRefusal({ request, given }: Pending, person: string): DecisionRefusal | null {
  if (request.requesters.includes(person)) return refuses('OwnRequest', 'nobody decides on their own request')
  if (!request.approvers.includes(person)) return refuses('NotNamed', 'only the people named in the request may decide on it')
  if (given.includes(person)) return refuses('AlreadyDecided', 'you have approved it already')
  return null
}

function granted({ approval, subject, subjectVersion, gate, expiresAt, systems }: ApprovalRequest, approvers: readonly string[]): FollowUp {
  const data = {
    approval,
    subject,
    subjectVersion,
    approvers,
    expiresAt,
    ...(gate !== undefined && { gate }),
    ...(systems !== undefined && { systems }),
  }
  return { type: 'ApprovalGranted', data }
}

function notPending(state: ApprovalState): DecisionRefusal {
  if (state.status === 'unrequested') return refuses('NotRequested', 'this approval was never requested')
  return refuses('NotPending', state.status === 'pending' ? 'the quorum is not reached' : `this approval is ${state.status} already`)
}

function otherSubject(request: ApprovalRequest): DecisionRefusal {
  return refuses('OtherSubject', `approval was requested for ${request.subject}`)
}

function expired(request: ApprovalRequest): DecisionRefusal {
  return refuses('Expired', `the request expired at ${request.expiresAt}`)
}
