import { decideAisystem } from './aisystem/decide.ts'
import { type AisystemEvent, type AisystemState, evolveAisystem, noSystem } from './aisystem/state.ts'
import { decideApproval } from './approval/decide.ts'
import { type ApprovalEvent, type ApprovalState, evolveApproval, noApproval } from './approval/state.ts'
import { decideDataset } from './dataset/decide.ts'
import { type DatasetEvent, type DatasetState, evolveDataset, noDataset } from './dataset/state.ts'
import { ACCEPTED, type Decision, type DecisionContext, type PastEvent } from './decider.ts'
import { decideDecision } from './decision/decide.ts'
import { type DecisionEvent, type DecisionState, evolveDecision, noDecision } from './decision/state.ts'
import { eventType } from './event-types.ts'
import { decideIncident } from './incident/decide.ts'
import { evolveIncident, type IncidentEvent, type IncidentState, noIncident } from './incident/state.ts'
import { decideModel } from './model/decide.ts'
import { evolveModel, type ModelEvent, type ModelState, noModel } from './model/state.ts'

/** The state of one stream that has a decider. */
export type StreamState = AisystemState | ModelState | DatasetState | DecisionState | ApprovalState | IncidentState
export type GuardedStream = StreamState['stream']

const initial = {
  aisystem: noSystem,
  model: noModel,
  dataset: noDataset,
  decision: noDecision,
  approval: noApproval,
  incident: noIncident,
} as const satisfies Record<GuardedStream, StreamState>

/** The state of a stream in which nothing has happened; null for a type of stream without a decider. */
export function initialState(streamType: string): StreamState | null {
  return Object.hasOwn(initial, streamType) ? initial[streamType as GuardedStream] : null
}

/** One event later. Events are folded in the order of their stream versions; corrections and foreign events change nothing. */
export function evolve(state: StreamState, { type, data, actor }: PastEvent): StreamState {
  if (eventType(type)?.stream !== state.stream) return state
  switch (state.stream) {
    case 'aisystem':
      return evolveAisystem(state, { type, data } as AisystemEvent)
    case 'model':
      return evolveModel(state, { type, data } as ModelEvent)
    case 'dataset':
      return evolveDataset(state, { type, data } as DatasetEvent)
    case 'decision':
      return evolveDecision(state, { type, data } as DecisionEvent)
    case 'approval':
      return evolveApproval(state, { type, data } as ApprovalEvent, actor)
    case 'incident':
      return evolveIncident(state, { type, data } as IncidentEvent)
  }
}

/**
 * Whether this event may follow on that state, and what follows from it. `data` is what `parseEvent` gave for the type.
 * Types without a decider are accepted. An id that is in the stream already must not be decided anew: its receipt is given again.
 */
export function decide(type: string, data: unknown, state: StreamState, context: DecisionContext): Decision {
  const known = eventType(type)
  if (known?.recordedBy === 'person' && context.actor.kind !== 'person') {
    return {
      status: 'refused',
      code: 'DecisionNeedsAPerson',
      reason: 'NotAPerson',
      message: `${type} is a decision; decisions are made by people`,
    }
  }
  if (known?.stream !== state.stream) return ACCEPTED
  switch (state.stream) {
    case 'aisystem':
      return decideAisystem({ type, data } as AisystemEvent, state, context)
    case 'model':
      return decideModel({ type, data } as ModelEvent, state)
    case 'dataset':
      return decideDataset({ type, data } as DatasetEvent, state)
    case 'decision':
      return decideDecision({ type, data } as DecisionEvent, state)
    case 'approval':
      return decideApproval({ type, data } as ApprovalEvent, state, context)
    case 'incident':
      return decideIncident({ type, data } as IncidentEvent, state)
  }
}

/** Observations that can contradict the record. */
const contradictory = new Set([
  'SystemRegistered',
  'ModelRegistered',
  'ModelVersionRegistered',
  'DatasetRegistered',
  'DatasetVersioned',
  'IndexBuilt',
  'ApprovalRequested',
  'ApprovalGranted',
  'ApprovalLapsed',
  'IncidentReported',
  'SystemCleared',
])

/** Whether the decider must see the stream for this type. Most observations are taken as they come and are not slowed down by it. */
export function consultsState(type: string): boolean {
  const known = eventType(type)
  if (known === undefined || initialState(known.stream) === null) return false
  return known.decision || contradictory.has(type)
}
