import type { Actor, EventOf } from '../decider.ts'
import type { approvalEvents } from './events.ts'

export type ApprovalEvent = EventOf<typeof approvalEvents>

/** What was asked for. */
export interface ApprovalRequest {
  readonly approval: string
  readonly subject: string
  readonly subjectVersion: number
  readonly gate: string | undefined
  readonly quorum: number
  readonly approvers: readonly string[]
  /** Who asked, and on whose behalf: none of them may approve. */
  readonly requesters: readonly string[]
  readonly expiresAt: string
  readonly systems: readonly string[] | undefined
}

export type ApprovalState =
  | { readonly stream: 'approval'; readonly status: 'unrequested' }
  | { readonly stream: 'approval'; readonly status: 'pending'; readonly request: ApprovalRequest; readonly given: readonly string[] }
  | { readonly stream: 'approval'; readonly status: 'granted'; readonly request: ApprovalRequest; readonly given: readonly string[] }
  | { readonly stream: 'approval'; readonly status: 'refused' | 'withdrawn' | 'lapsed'; readonly subject: string }

export const noApproval: ApprovalState = { stream: 'approval', status: 'unrequested' }

/** Total over any subset of a stream: what doesn't fit the state leaves it as it is. */
export function evolveApproval(state: ApprovalState, event: ApprovalEvent, actor: Actor): ApprovalState {
  switch (event.type) {
    case 'ApprovalRequested':
      return state.status === 'unrequested'
        ? { stream: 'approval', status: 'pending', request: requestOf(event.data, actor), given: [] }
        : state
    case 'ApprovalGiven':
      return state.status === 'pending' ? { ...state, given: [...state.given, actor.id] } : state
    case 'ApprovalGranted':
      return { stream: 'approval', status: 'granted', request: grantedRequest(state, event.data), given: event.data.approvers }
    case 'ApprovalRefused':
      return { stream: 'approval', status: 'refused', subject: event.data.subject }
    case 'ApprovalWithdrawn':
      return { stream: 'approval', status: 'withdrawn', subject: event.data.subject }
    case 'ApprovalLapsed':
      return { stream: 'approval', status: 'lapsed', subject: event.data.subject }
  }
}

type DataOf<Name extends ApprovalEvent['type']> = Extract<ApprovalEvent, { type: Name }>['data']

function requestOf(data: DataOf<'ApprovalRequested'>, actor: Actor): ApprovalRequest {
  const { approval, subject, subjectVersion, gate, quorum, approvers, expiresAt, requester, systems } = data
  const requesters = requester === undefined ? [actor.id] : [actor.id, requester]
  return { approval, subject, subjectVersion, gate, quorum, approvers: [...new Set(approvers)], requesters, expiresAt, systems }
}

/** What was granted, even where the request itself isn't among the events that were folded. */
function grantedRequest(state: ApprovalState, data: DataOf<'ApprovalGranted'>): ApprovalRequest {
  if (state.status === 'pending') return state.request
  const { approval, subject, subjectVersion, gate, approvers, expiresAt, systems } = data
  return { approval, subject, subjectVersion, gate, quorum: approvers.length, approvers, requesters: [], expiresAt, systems }
}
