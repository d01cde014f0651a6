import { ACCEPTED, contradicts, type Decision, type DecisionContext } from '../decider.ts'
import { decideRetention } from './decide-retention.ts'
import type { DatasetEvent, DatasetState } from './state.ts'

/** All about a dataset is observed, but for a rule by which the record itself forgets; only what contradicts the record is refused. */
export function decideDataset(command: DatasetEvent, state: DatasetState, context: DecisionContext): Decision {
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
    case 'PiiScanned':
      return ACCEPTED
    case 'RetentionSet':
      return decideRetention(command.data, context)
  }
}
