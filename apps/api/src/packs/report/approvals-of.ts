import type { ReportApproval } from './report.ts'
import type { ReportEvent } from './report-event.ts'

export const MOST_APPROVALS = 2_000

interface Gathered {
  readonly subject: string
  readonly requestedAt: string | null
  readonly outcome: string
  readonly deciders: ReportApproval['deciders']
}

/** What each step makes of an approval: the word for its outcome, and of a person's decision. */
const steps: Readonly<Record<string, { readonly outcome?: string; readonly decision?: string }>> = {
  ApprovalRequested: { outcome: 'requested' },
  ApprovalGiven: { decision: 'approved' },
  ApprovalRefused: { outcome: 'refused', decision: 'refused' },
  ApprovalWithdrawn: { outcome: 'withdrawn', decision: 'withdrew' },
  ApprovalGranted: { outcome: 'granted' },
  ApprovalLapsed: { outcome: 'lapsed' },
}

/** The approvals of a pack as its events tell them. */
export class ApprovalsOf {
  private readonly approvals = new Map<string, Gathered>()
  cut = false

  add({ type, data, actor, occurredAt }: ReportEvent): void {
    const step = steps[type]
    const { approval, subject } = data
    if (step === undefined || typeof approval !== 'string') return
    const known = this.approvals.get(approval)
    if (known === undefined && this.approvals.size >= MOST_APPROVALS) {
      this.cut = true
      return
    }
    const before = known ?? { subject: String(subject ?? ''), requestedAt: null, outcome: 'not requested in this pack', deciders: [] }
    this.approvals.set(approval, {
      subject: before.subject,
      requestedAt: type === 'ApprovalRequested' ? occurredAt : before.requestedAt,
      outcome: step.outcome ?? before.outcome,
      deciders:
        step.decision === undefined ? before.deciders : [...before.deciders, { person: actor.id, decision: step.decision, at: occurredAt }],
    })
  }

  all(): ReportApproval[] {
    return [...this.approvals].map(([approval, gathered]) => ({ approval, ...gathered }))
  }
}
