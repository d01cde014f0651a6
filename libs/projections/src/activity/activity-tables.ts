import type { TableDefinition } from '../read-model/read-model.ts'

export interface ActivityTables {
  /** What happened on a day (UTC, by when it occurred). */
  readonly day: {
    workspace: string
    /** Empty: the whole workspace. */
    system: string
    date: string
    events: number
    incidents: number
    violations: number
    deployments: number
    decisions: number
  }
}

export const activityTable: TableDefinition = {
  kind: 'rows',
  name: 'day',
  columns: {
    workspace: 'text',
    system: 'text',
    date: 'text',
    events: 'integer',
    incidents: 'integer',
    violations: 'integer',
    deployments: 'integer',
    decisions: 'integer',
  },
  key: ['workspace', 'system', 'date'],
}
