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
import { decidePeople } from './people/decide.ts'
import { evolvePeople, noPeople, type PeopleEvent, type PeopleState } from './people/state.ts'
import { decidePerson } from './person/decide.ts'
import { evolvePerson, noPerson, type PersonEvent, type PersonState } from './person/state.ts'
import { decidePolicy } from './policy/decide.ts'
import { evolvePolicy, noPolicy, type PolicyEvent, type PolicyState } from './policy/state.ts'
import { decideRegulation } from './regulation/decide.ts'
import { evolveRegulation, noRegulation, type RegulationEvent, type RegulationState } from './regulation/state.ts'
import { decideSubject } from './subject/decide.ts'
import { evolveSubject, noSubject, type SubjectEvent, type SubjectState } from './subject/state.ts'
import { decideTask } from './task/decide.ts'
import { evolveTask, noTask, type TaskEvent, type TaskState } from './task/state.ts'
import { decideTemplate } from './template/decide.ts'
import { evolveTemplate, noTemplate, type TemplateEvent, type TemplateState } from './template/state.ts'
import { decideWorkspace } from './workspace/decide.ts'
import { evolveWorkspace, noWorkspace, type WorkspaceEvent, type WorkspaceState } from './workspace/state.ts'

/** The state of one stream that has a decider. */
export type StreamState =
  | AisystemState
  | ModelState
  | DatasetState
  | DecisionState
  | ApprovalState
  | IncidentState
  | PolicyState
  | RegulationState
  | TemplateState
  | PeopleState
  | TaskState
  | SubjectState
  | WorkspaceState
  | PersonState
export type GuardedStream = StreamState['stream']

const initial = {
  aisystem: noSystem,
  model: noModel,
  dataset: noDataset,
  decision: noDecision,
  approval: noApproval,
  incident: noIncident,
  policy: noPolicy,
  regulation: noRegulation,
  template: noTemplate,
  people: noPeople,
  task: noTask,
  subject: noSubject,
  workspace: noWorkspace,
  person: noPerson,
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
    case 'policy':
      return evolvePolicy(state, { type, data } as PolicyEvent)
    case 'regulation':
      return evolveRegulation(state, { type, data } as RegulationEvent)
    case 'template':
      return evolveTemplate(state, { type, data } as TemplateEvent)
    case 'people':
      return evolvePeople(state, { type, data } as PeopleEvent)
    case 'task':
      return evolveTask(state, { type, data } as TaskEvent)
    case 'subject':
      return evolveSubject(state, { type, data } as SubjectEvent)
    case 'workspace':
      return evolveWorkspace(state, { type, data } as WorkspaceEvent)
    case 'person':
      return evolvePerson(state, { type, data } as PersonEvent)
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
      return decideDataset({ type, data } as DatasetEvent, state, context)
    case 'decision':
      return decideDecision({ type, data } as DecisionEvent, state)
    case 'approval':
      return decideApproval({ type, data } as ApprovalEvent, state, context)
    case 'incident':
      return decideIncident({ type, data } as IncidentEvent, state)
    case 'policy':
      return decidePolicy({ type, data } as PolicyEvent, state)
    case 'regulation':
      return decideRegulation({ type, data } as RegulationEvent, state)
    case 'template':
      return decideTemplate({ type, data } as TemplateEvent, state)
    case 'people':
      return decidePeople({ type, data } as PeopleEvent, state)
    case 'task':
      return decideTask({ type, data } as TaskEvent, state)
    case 'subject':
      return decideSubject({ type, data } as SubjectEvent, state, context)
    case 'workspace':
      return decideWorkspace({ type, data } as WorkspaceEvent, state, context)
    case 'person':
      return decidePerson({ type, data } as PersonEvent, state)
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
  'RetentionSet',
  'ApprovalRequested',
  'ApprovalGranted',
  'ApprovalLapsed',
  'IncidentReported',
  'SystemCleared',
  'ViolationRecorded',
  'TrainingCompleted',
  'CompetencyReached',
  'TaskOpened',
  'TaskAssigned',
  'TaskDone',
  'PayloadExpired',
  'ErasureRequested',
  'WorkspaceOpened',
  'PersonInvited',
  'PersonProfileSet',
  'PersonDeactivated',
  'SignedIn',
])

/** Whether the decider must see the stream for this type. Most observations are taken as they come and are not slowed down by it. */
export function consultsState(type: string): boolean {
  const known = eventType(type)
  if (known === undefined || initialState(known.stream) === null) return false
  return known.decision || contradictory.has(type)
}
