import type { TableDefinition } from '../read-model/read-model.ts'
import { type Tally, tallyColumns } from '../registers/tallies.ts'

export interface SystemTables {
  /** A system that some event names. Registered or not: what was counted before its registration counts. */
  readonly system: Tally & {
    workspace: string
    id: string
    name: string | null
    /** Name and id as `foldText` gives them. */
    folded: string | null
    /** Its facts as JSON: `SystemFacts`. */
    facts: string | null
    unit: string | null
    risk: string | null
    role: string | null
    phase: string | null
    owner: string | null
    /** Milliseconds since 1970. Null: not registered. */
    registered: number | null
    retired: number | null
    incidents: number
    violations: number
    drift: number
    /** All issues together. */
    open: number
  }
  /** What a system depends on now. */
  readonly dependency: {
    workspace: string
    system: string
    target: string
    kind: string
    since: number
    event: string
  }
}

export const systemTables: readonly TableDefinition[] = [
  {
    kind: 'rows',
    name: 'system',
    columns: {
      workspace: 'text',
      id: 'text',
      name: 'text',
      folded: 'text',
      facts: 'text',
      unit: 'text',
      risk: 'text',
      role: 'text',
      phase: 'text',
      owner: 'text',
      registered: 'integer',
      retired: 'integer',
      incidents: 'integer',
      violations: 'integer',
      drift: 'integer',
      open: 'integer',
      ...tallyColumns,
    },
    key: ['workspace', 'id'],
  },
  {
    kind: 'rows',
    name: 'dependency',
    columns: { workspace: 'text', system: 'text', target: 'text', kind: 'text', since: 'integer', event: 'text' },
    key: ['workspace', 'system', 'target', 'kind'],
  },
]
