import { type EventOf, withEntry } from '../decider.ts'
import type { modelEvents } from './events.ts'

export type ModelEvent = EventOf<typeof modelEvents>

export interface ModelState {
  readonly stream: 'model'
  readonly status: 'unregistered' | 'registered' | 'retired'
  readonly versions: ReadonlyMap<string, 'registered' | 'retired'>
  /** The bound in force, by metric: `at_least 0.85`. */
  readonly bounds: ReadonlyMap<string, string>
  /** The last verdict, by `<version> <gate>`. */
  readonly gates: ReadonlyMap<string, 'passed' | 'refused'>
}

export const noModel: ModelState = { stream: 'model', status: 'unregistered', versions: new Map(), bounds: new Map(), gates: new Map() }

/** Total over any subset of a stream. A version may be known before its model is. */
export function evolveModel(state: ModelState, event: ModelEvent): ModelState {
  switch (event.type) {
    case 'ModelRegistered':
      return state.status === 'unregistered' ? { ...state, status: 'registered' } : state
    case 'ModelVersionRegistered':
      return state.versions.has(event.data.version)
        ? state
        : { ...state, versions: withEntry(state.versions, event.data.version, 'registered') }
    case 'ThresholdSet':
      return { ...state, bounds: withEntry(state.bounds, event.data.metric, boundOf(event.data)) }
    case 'StageGatePassed':
      return { ...state, gates: withEntry(state.gates, gateKey(event.data), 'passed') }
    case 'StageGateRefused':
      return { ...state, gates: withEntry(state.gates, gateKey(event.data), 'refused') }
    case 'ModelRetired':
      return event.data.version === undefined
        ? { ...state, status: 'retired' }
        : { ...state, versions: withEntry(state.versions, event.data.version, 'retired') }
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
      return state
  }
}

export const boundOf = ({ direction, bound }: { direction: string; bound: number }) => `${direction} ${bound}`

export const gateKey = ({ version, gate }: { version: string; gate: string }) => `${version} ${gate}`
