import type { TableDefinition } from '../read-model/read-model.ts'

export type SystemProgress = 'IMPLICATED' | 'CONTAINED' | 'CORRECTED' | 'CLEARED'

export interface IncidentTables {
  /** Instants are milliseconds since 1970. */
  readonly incident: {
    workspace: string
    id: string
    category: string
    severity: string
    status: 'REPORTED' | 'TRIAGED' | 'CONTAINED' | 'CLOSED'
    /** As triaged; null before. 0 or 1. */
    serious: number | null
    widespread: number | null
    occurred: number
    aware: number
    reported: number
    closed: number | null
    /** JSON: `IncidentSystemState` by system. */
    systems: string
    /** JSON of `Notice`. */
    notices: string
    /** The earliest deadline that isn't met, or null. */
    due: number | null
    event: string
    version: number
  }
}

export interface Notice {
  readonly authority: string
  readonly kind: string
  readonly regime: string | null
  readonly reference: string | null
  readonly at: number
  readonly event: string
}

export const incidentTable: TableDefinition = {
  kind: 'rows',
  name: 'incident',
  columns: {
    workspace: 'text',
    id: 'text',
    category: 'text',
    severity: 'text',
    status: 'text',
    serious: 'integer',
    widespread: 'integer',
    occurred: 'integer',
    aware: 'integer',
    reported: 'integer',
    closed: 'integer',
    systems: 'text',
    notices: 'text',
    due: 'integer',
    event: 'text',
    version: 'integer',
  },
  key: ['workspace', 'id'],
}
