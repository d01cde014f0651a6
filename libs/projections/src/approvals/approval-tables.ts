import type { TableDefinition } from '../read-model/read-model.ts'

export interface ApprovalTables {
  /** Instants are milliseconds since 1970. */
  readonly approval: {
    workspace: string
    id: string
    subject: string
    subject_version: number
    gate: string | null
    /** As decided; whether it expired or its subject changed depends on the instant at which one asks. */
    status: 'PENDING' | 'GRANTED' | 'REFUSED' | 'WITHDRAWN'
    /** JSON of the people who asked and on whose behalf: none of them may approve. */
    requesters: string
    /** `person:per_…` or `service:…`. */
    requester: string
    requested: number
    expires: number
    quorum: number
    /** JSON of person ids. */
    approvers: string
    /** JSON of `Vote`. */
    given: string
    granted: number | null
    /** When it was refused or withdrawn. */
    ended: number | null
    refuser: string | null
    /** JSON. */
    systems: string
    event: string
    /** When its subject first changed materially behind the version it was asked for. */
    changed: number | null
  }
  /** All approvals of one thing as the domain folds them: `ThingApprovals` as JSON. */
  readonly approved: { workspace: string; subject: string; state: string }
}

export interface Vote {
  readonly person: string
  readonly at: number
  readonly event: string
}

export const approvalTables: readonly TableDefinition[] = [
  {
    kind: 'rows',
    name: 'approval',
    columns: {
      workspace: 'text',
      id: 'text',
      subject: 'text',
      subject_version: 'integer',
      gate: 'text',
      status: 'text',
      requesters: 'text',
      requester: 'text',
      requested: 'integer',
      expires: 'integer',
      quorum: 'integer',
      approvers: 'text',
      given: 'text',
      granted: 'integer',
      ended: 'integer',
      refuser: 'text',
      systems: 'text',
      event: 'text',
      changed: 'integer',
    },
    key: ['workspace', 'id'],
  },
  {
    kind: 'rows',
    name: 'approved',
    columns: { workspace: 'text', subject: 'text', state: 'text' },
    key: ['workspace', 'subject'],
  },
]
