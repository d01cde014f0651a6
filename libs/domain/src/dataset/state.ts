import type { EventOf } from '../decider.ts'
import type { datasetEvents } from './events.ts'

export type DatasetEvent = EventOf<typeof datasetEvents>

export interface DatasetState {
  readonly stream: 'dataset'
  readonly status: 'unregistered' | 'registered'
  readonly versions: ReadonlySet<string>
}

export const noDataset: DatasetState = { stream: 'dataset', status: 'unregistered', versions: new Set() }

/** Total over any subset of a stream. A version may be known before its dataset is. */
export function evolveDataset(state: DatasetState, event: DatasetEvent): DatasetState {
  switch (event.type) {
    case 'DatasetRegistered':
      return { ...state, status: 'registered' }
    case 'DatasetVersioned':
    case 'IndexBuilt':
      return { ...state, versions: new Set(state.versions).add(event.data.version) }
    case 'DataQualityMeasured':
    case 'ConsentRecorded':
    case 'RetentionSet':
    case 'PiiScanned':
      return state
  }
}
