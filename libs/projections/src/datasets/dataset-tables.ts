import type { TableDefinition } from '../read-model/read-model.ts'
import { type Tally, tallyColumns } from '../registers/tallies.ts'

export interface DatasetTables {
  /** A dataset that some event names, registered or not. */
  readonly dataset: Tally & {
    workspace: string
    id: string
    name: string | null
    folded: string | null
    source: string | null
    owner: string | null
    sensitivity: string | null
    region: string | null
    basis: string | null
    /** JSON: the last measured dimensions. */
    quality: string | null
    registered: number | null
  }
  /** A dataset was used to train a version of a model. */
  readonly training: { workspace: string; dataset: string; model: string; version: string }
}

export const datasetTables: readonly TableDefinition[] = [
  {
    kind: 'rows',
    name: 'dataset',
    columns: {
      workspace: 'text',
      id: 'text',
      name: 'text',
      folded: 'text',
      source: 'text',
      owner: 'text',
      sensitivity: 'text',
      region: 'text',
      basis: 'text',
      quality: 'text',
      registered: 'integer',
      ...tallyColumns,
    },
    key: ['workspace', 'id'],
  },
  {
    kind: 'rows',
    name: 'training',
    columns: { workspace: 'text', dataset: 'text', model: 'text', version: 'text' },
    key: ['workspace', 'dataset', 'model', 'version'],
  },
]
