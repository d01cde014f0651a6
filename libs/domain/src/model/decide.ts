import { ACCEPTED, contradicts, type Decision, type DecisionRefusal, refuses } from '../decider.ts'
import { boundOf, gateKey, type ModelEvent, type ModelState } from './state.ts'

/** Observations are taken as they come, second registrations excepted; decisions need a model and version that are in use. */
export function decideModel(command: ModelEvent, state: ModelState): Decision {
  switch (command.type) {
    case 'ModelRegistered':
      return state.status === 'unregistered'
        ? ACCEPTED
        : contradicts('AlreadyRegistered', `the model ${command.data.model} is registered already; ids are never given again`)
    case 'ModelVersionRegistered':
      return registerVersion(command.data, state)
    case 'ThresholdSet':
      return modelRefusal(state) ?? onlyNew(state.bounds.get(command.data.metric), boundOf(command.data))
    case 'StageGatePassed':
      return versionRefusal(state, command.data.version) ?? onlyNew(state.gates.get(gateKey(command.data)), 'passed')
    case 'StageGateRefused':
      return versionRefusal(state, command.data.version) ?? onlyNew(state.gates.get(gateKey(command.data)), 'refused')
    case 'ModelRetired':
      return retire(command.data, state)
    case 'ModelEvaluated':
    case 'BiasAudited':
    case 'ExplainabilityAnalysed':
    case 'RobustnessTested':
    case 'SecurityScanned':
    case 'ModelCardPublished':
    case 'ExperimentLogged':
    case 'StageEntered':
    case 'VersionDeployed':
    case 'VersionRolledBack':
    case 'DriftDetected':
    case 'DriftResolved':
    case 'GroundednessMeasured':
    case 'RetrainingTriggered':
    case 'ModelRetrained':
    case 'ChallengerCompared':
      return ACCEPTED
  }
}

function registerVersion({ model, version }: { model: string; version: string }, state: ModelState): Decision {
  return state.versions.has(version)
    ? contradicts('VersionTaken', `version ${version} of model ${model} is registered already; what changed is another version`)
    : ACCEPTED
}

function retire({ version }: { version?: string }, state: ModelState): Decision {
  return (version === undefined ? modelRefusal(state) : versionRefusal(state, version)) ?? ACCEPTED
}

function modelRefusal(state: ModelState): DecisionRefusal | null {
  if (state.status === 'retired') return refuses('Retired', 'the model is retired')
  const known = state.status === 'registered' || state.versions.size > 0
  return known ? null : refuses('NotRegistered', 'there is no such model: it must be registered first')
}

function versionRefusal(state: ModelState, version: string): DecisionRefusal | null {
  const refusal = modelRefusal(state)
  if (refusal !== null) return refusal
  const known = state.versions.get(version)
  if (known === undefined) return refuses('UnknownVersion', `there is no version ${version} of this model: it must be registered first`)
  return known === 'retired' ? refuses('Retired', `version ${version} is retired`) : null
}

function onlyNew(settled: string | undefined, wanted: string): Decision {
  return settled === wanted ? refuses('NothingNew', `that was decided before: ${wanted}`) : ACCEPTED
}
