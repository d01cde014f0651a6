import type { TableDefinition } from '../read-model/read-model.ts'
import { type Tally, tallyColumns } from '../registers/tallies.ts'

export interface ModelTables {
  /** A model that some event names, registered or not. */
  readonly model: Tally & {
    workspace: string
    id: string
    name: string | null
    folded: string | null
    task: string | null
    owner: string | null
    /** The stage that a version of it entered last. */
    stage: string | null
    /** Milliseconds since 1970. Null: not registered. */
    registered: number | null
    retired: number | null
    /** Open drift alerts. */
    drift: number
  }
  /** What is deployed now. */
  readonly deployment: {
    workspace: string
    model: string
    environment: string
    version: string
    share: number | null
    since: number
    event: string
    /** The approval that the deployment named. */
    approval: string | null
    /** JSON: the systems that it named. */
    systems: string
  }
  /** Systems for which a model was registered or is deployed. */
  readonly use: { workspace: string; system: string; model: string }
  /** The last drift of a version by a metric; resolved if `resolved` isn't null. Instants are milliseconds since 1970. */
  readonly drift: {
    workspace: string
    model: string
    version: string
    metric: string
    kind: string
    value: number | null
    threshold: number | null
    detected: number
    resolved: number | null
    event: string
    /** JSON. */
    systems: string
  }
}

export const modelTables: readonly TableDefinition[] = [
  {
    kind: 'rows',
    name: 'model',
    columns: {
      workspace: 'text',
      id: 'text',
      name: 'text',
      folded: 'text',
      task: 'text',
      owner: 'text',
      stage: 'text',
      registered: 'integer',
      retired: 'integer',
      drift: 'integer',
      ...tallyColumns,
    },
    key: ['workspace', 'id'],
  },
  {
    kind: 'rows',
    name: 'deployment',
    columns: {
      workspace: 'text',
      model: 'text',
      environment: 'text',
      version: 'text',
      share: 'real',
      since: 'integer',
      event: 'text',
      approval: 'text',
      systems: 'text',
    },
    key: ['workspace', 'model', 'environment', 'version'],
  },
  { kind: 'rows', name: 'use', columns: { workspace: 'text', system: 'text', model: 'text' }, key: ['workspace', 'system', 'model'] },
  {
    kind: 'rows',
    name: 'drift',
    columns: {
      workspace: 'text',
      model: 'text',
      version: 'text',
      metric: 'text',
      kind: 'text',
      value: 'real',
      threshold: 'real',
      detected: 'integer',
      resolved: 'integer',
      event: 'text',
      systems: 'text',
    },
    key: ['workspace', 'model', 'version', 'metric'],
  },
]
