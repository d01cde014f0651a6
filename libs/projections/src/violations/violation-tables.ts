import type { TableDefinition } from '../read-model/read-model.ts'

export interface ViolationTables {
  /** Instants are milliseconds since 1970. */
  readonly violation: {
    workspace: string
    id: string
    rule: string
    subject: string
    /** JSON: the systems concerned. */
    systems: string
    recorded: number
    /** The id of the event that broke the rule. */
    cause: string
    event: string
    resolved: number | null
    /** `person:per_…`. */
    resolver: string | null
  }
}

export const violationTable: TableDefinition = {
  kind: 'rows',
  name: 'violation',
  columns: {
    workspace: 'text',
    id: 'text',
    rule: 'text',
    subject: 'text',
    systems: 'text',
    recorded: 'integer',
    cause: 'text',
    event: 'text',
    resolved: 'integer',
    resolver: 'text',
  },
  key: ['workspace', 'id'],
}
