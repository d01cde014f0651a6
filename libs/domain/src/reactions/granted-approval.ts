import { type RecordedFact, referenceOf } from '../recorded-fact.ts'

/** What rules about the end of an approval keep of it. */
export type GrantedApproval =
  | { readonly status: 'none' }
  | {
      readonly status: 'granted'
      readonly subject: string
      readonly expiresAt: string
      readonly grantedAt: string
      readonly systems: readonly string[]
      /** The reference of the grant, and the grant's own id. */
      readonly grant: string
      readonly id: string
    }
  | { readonly status: 'ended' }

export const approvalLife: ReadonlySet<string> = new Set(['ApprovalGranted', 'ApprovalWithdrawn', 'ApprovalRefused', 'ApprovalLapsed'])

export const approvalThing = ({ data }: RecordedFact): readonly string[] => [`approval:${data.approval}`]

/** Total over any subset of an approval's stream. */
export function evolveGranted(state: GrantedApproval, event: RecordedFact): GrantedApproval {
  if (event.type !== 'ApprovalGranted') return approvalLife.has(event.type) ? { status: 'ended' } : state
  const { subject, expiresAt, systems } = event.data
  if (state.status !== 'none') return state
  return {
    status: 'granted',
    subject: String(subject),
    expiresAt: String(expiresAt),
    grantedAt: event.occurredAt,
    systems: Array.isArray(systems) ? systems.map(String) : [],
    grant: referenceOf(event),
    id: event.id,
  }
}
