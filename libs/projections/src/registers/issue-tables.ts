import type { TableDefinition } from '../read-model/read-model.ts'

export type IssueKind = 'incident' | 'violation' | 'drift' | 'approval'

export interface IssueTables {
  /** What is open for a system: an incident that isn't settled for it, a violation, a drift alert, an approval that is asked for. */
  readonly issue: {
    workspace: string
    system: string
    kind: IssueKind
    /** `incident:…`, `violation:…`, `model:cs 7 psi`, `approval:…`. */
    thing: string
    /** An approval can be given before this instant, in milliseconds since 1970; null of anything else. */
    until: number | null
  }
}

export const issueTable: TableDefinition = {
  kind: 'rows',
  name: 'issue',
  columns: { workspace: 'text', system: 'text', kind: 'text', thing: 'text', until: 'integer' },
  key: ['workspace', 'system', 'kind', 'thing'],
}
