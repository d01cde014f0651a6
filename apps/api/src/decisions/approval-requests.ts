import { parseReference } from '@annal/proof'
import {
  type Completed,
  type Completion,
  completed,
  type DecisionRequest,
  madeId,
  problem,
  type Surroundings,
  said,
} from './decision-request.ts'

export interface RequestApprovalInput {
  readonly id: string
  readonly approval?: string | null
  readonly subject: string
  readonly gate?: string | null
  readonly subjectVersion?: string | null
  readonly quorum: number
  readonly approvers: readonly string[]
  readonly expiresAt: string
  readonly systems?: readonly string[] | null
  readonly reason?: string | null
}

export interface ApprovalDecisionInput {
  readonly id: string
  readonly approval: string
  readonly subject: string
  readonly reason?: string | null
}

export function requestApproval({ id, approval, subjectVersion, ...input }: RequestApprovalInput): DecisionRequest {
  const data = said({ ...input, approval: approval ?? madeId('ap', id) })
  const complete = (around: Surroundings) => expired(input.expiresAt, around) ?? bindToSubject(input, subjectVersion ?? null, around)
  return { id, type: 'ApprovalRequested', data, completion: { fields: ['subjectVersion'], complete } }
}

function expired(expiresAt: string, { at }: Surroundings): Completed | null {
  return Date.parse(expiresAt) > Date.parse(at) ? null : problem('EXPIRED', `expected an instant after now, ${at}`, '/expiresAt')
}

/** An approval is bound to what was known of its subject when it was asked for. */
async function bindToSubject(
  { subject, approvers }: Pick<RequestApprovalInput, 'subject' | 'approvers'>,
  asked: string | null,
  { versionOf, mayDecide }: Surroundings,
): Promise<Completed> {
  const stream = streamOfThing(subject)
  const newest = stream === null ? -1 : await versionOf(stream)
  if (newest < 0) return problem('NOT_REGISTERED', `nothing is recorded of ${subject}: there is nothing to approve`, '/subject')
  const version = asked === null ? newest : Number(asked)
  if (version < 0 || version > newest)
    return problem('UNKNOWN_VERSION', `the newest version of the subject's stream is ${newest}`, '/subjectVersion')
  const unable = approvers.findIndex((person) => !mayDecide(person))
  if (unable >= 0) return problem('UNKNOWN_APPROVER', `${approvers[unable]} has no role in which to approve`, `/approvers/${unable}`)
  return completed({ subjectVersion: version })
}

/** Where the events of a thing stand, without the workspace. Suppliers are assessed in a stream among those of people. */
function streamOfThing(reference: string): string | null {
  const thing = parseReference(reference)
  if (thing === null) return null
  return thing.type === 'supplier' ? `people-supplier~${thing.id}` : `${thing.type}-${thing.id}`
}

type Vote = 'ApprovalGiven' | 'ApprovalRefused' | 'ApprovalWithdrawn'

export function decideOnApproval(type: Vote, { id, ...input }: ApprovalDecisionInput): DecisionRequest {
  return { id, type, data: said({ ...input }), completion: systemsOfRequest }
}

/** The systems that the request concerns, so that the decision belongs to what is complete about them. */
const systemsOfRequest: Completion = {
  fields: ['systems'],
  complete: ({ state }) => {
    const requested =
      state?.stream === 'approval' && (state.status === 'pending' || state.status === 'granted') ? state.request.systems : undefined
    return completed({ systems: requested })
  },
}
