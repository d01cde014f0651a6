import { ACCEPTED, contradicts, type Decision } from '../decider.ts'
import type { DatasetEvent, DatasetState } from './state.ts'

/** All about a dataset is observed; only what contradicts the record is refused. */
export function decideDataset(command: DatasetEvent, state: DatasetState): Decision {
  switch (command.type) {
    case 'DatasetRegistered':
      return state.status === 'unregistered'
        ? ACCEPTED
        : contradicts('AlreadyRegistered', `the dataset ${command.data.dataset} is registered already; ids are never given again`)
    case 'DatasetVersioned':
    case 'IndexBuilt':
      return state.versions.has(command.data.version)
        ? contradicts('VersionTaken', `version ${command.data.version} of dataset ${command.data.dataset} is recorded already`)
        : ACCEPTED
    case 'DataQualityMeasured':
    case 'ConsentRecorded':
    case 'RetentionSet':
    case 'PiiScanned':
      return ACCEPTED
  }
}
