import type { ReportEvent } from './report-event.ts'

/** Why a pack was made and under which tree head it stands: what the manifest says, for the report's first page. */
export interface ReportFrame {
  readonly pack: string
  readonly workspace: { readonly id: string; readonly name: string }
  /** The scope in words: "the AI system credit-scoring". */
  readonly scope: string
  readonly purpose: string
  readonly requester: string
  readonly simulatedClock: boolean
  readonly release: string
  readonly head: ReportHead
  /** What the pack claims to be complete for, in one sentence. */
  readonly completeness: string
  /** What is not proven, one sentence each. */
  readonly notProven: readonly string[]
  /** Names of people by id, where the pack discloses them. */
  readonly names: ReadonlyMap<string, string>
}

export interface ReportHead {
  readonly origin: string
  readonly size: string
  readonly root: string
  readonly signedAt: string
  /** Names of those that have cosigned it. */
  readonly witnesses: readonly string[]
  /** How many of which witnesses must cosign, and who of them has not; null when the workspace asks for none. */
  readonly policy: { readonly quorum: number; readonly of: number; readonly missing: readonly string[] } | null
  readonly timestamps: readonly string[]
  /** The verifier key that came with the pack. */
  readonly key: string
}

/** A fact about a thing and the event that last set it. */
export interface ReportFact {
  readonly label: string
  readonly value: string
  readonly event: string
  readonly occurredAt: string
}

export interface ReportThing {
  /** `aisystem:credit-scoring`. */
  readonly thing: string
  readonly facts: readonly ReportFact[]
}

export interface ReportApproval {
  readonly approval: string
  readonly subject: string
  readonly outcome: string
  readonly requestedAt: string | null
  readonly deciders: readonly { readonly person: string; readonly decision: string; readonly at: string }[]
}

export interface ReportIncident {
  readonly incident: string
  readonly title: string
  readonly category: string
  readonly severity: string
  readonly occurredAt: string | null
  readonly awareAt: string | null
  readonly closedAt: string | null
  readonly systems: readonly string[]
  readonly steps: readonly { readonly at: string; readonly text: string }[]
}

/** All that the report says, computed from the events of the pack and its frame, so that anybody can compute it again. */
export interface Report {
  readonly frame: ReportFrame
  readonly events: number
  readonly firstRecordedAt: string | null
  readonly lastRecordedAt: string | null
  readonly counts: readonly { readonly type: string; readonly events: number }[]
  readonly things: readonly ReportThing[]
  readonly approvals: readonly ReportApproval[]
  readonly incidents: readonly ReportIncident[]
  /** Who decided, with how many decisions each. */
  readonly people: readonly { readonly person: string; readonly decisions: number }[]
  /** At most 500 rows, oldest first. */
  readonly timeline: readonly ReportEvent[]
  /** True when the timeline leaves events out; all are in `events.html` and `events.csv`. */
  readonly timelineShortened: boolean
  /** Sections that were cut at their bound, in words. */
  readonly cut: readonly string[]
}
