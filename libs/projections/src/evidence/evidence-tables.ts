import type { TableDefinition } from '../read-model/read-model.ts'

export interface EvidenceTables {
  /** Evidence that runs out: the last of its type and key about a thing, if it has a last day. */
  readonly evidence: {
    workspace: string
    thing: string
    type: string
    key: string
    /** JSON: the systems concerned. */
    systems: string
    /** The last day it holds, in the workspace's legal time zone. */
    until: string
    occurred: number
    event: string
    title: string
  }
}

export const evidenceTable: TableDefinition = {
  kind: 'rows',
  name: 'evidence',
  columns: {
    workspace: 'text',
    thing: 'text',
    type: 'text',
    key: 'text',
    systems: 'text',
    until: 'text',
    occurred: 'integer',
    event: 'text',
    title: 'text',
  },
  key: ['workspace', 'thing', 'type', 'key'],
}
