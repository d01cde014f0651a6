import { defineEvent } from '../define-event.ts'
import { concernedSystems, evidenceEvents } from '../recurring-fields.ts'
import { optional } from '../schema/containers.ts'
import { eventRef, maybeVersionedRef, ref, slug, versionOf } from '../schema/id-fields.ts'
import { numbers } from '../schema/map-fields.ts'
import { number, share } from '../schema/number-fields.ts'
import { freeText, text, word } from '../schema/text-fields.ts'
import { duration } from '../schema/time-fields.ts'

const model = ref('model', 'The model, by the id that the sender gave it.')
const version = versionOf('model', 'model', 'The version of the model.')
const streamId = (data: { model: string }) => data.model
const environment = slug('The environment, such as production.')
const stage = (description: string) =>
  word('ModelStage', ['development', 'validation', 'registration', 'deployment', 'monitoring', 'governance', 'retraining'], description)

export const thresholdSet = defineEvent({
  name: 'ThresholdSet',
  stream: 'model',
  recordedBy: 'person',
  description: 'A person set the bound that a metric of a model must keep.',
  summary: 'The bound of {metric} for model {model} was set: {direction} {bound}.',
  fields: () => ({
    model,
    metric: text('The metric.', 100),
    direction: word('ThresholdDirection', ['at_least', 'at_most'], 'Which side of the bound is good.'),
    bound: number('The bound.'),
    reason: optional(freeText('Why this bound.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    metric: 'auc',
    direction: 'at_least',
    bound: 0.85,
    reason: 'Agreed in the model risk committee.',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const stageEntered = defineEvent({
  name: 'StageEntered',
  stream: 'model',
  description: 'A model version entered a stage of its life.',
  summary: 'Model {model} {version} entered the stage {stage}.',
  fields: () => ({ model, version, stage: stage('The stage entered.'), systems: concernedSystems() }),
  example: { model: 'cs', version: '7', stage: 'validation', systems: ['credit-scoring'] },
  streamId,
})

const gateFields = {
  model,
  version,
  gate: ref('gate', 'The gate, as it is defined.'),
  from: stage('The stage it comes from.'),
  to: stage('The stage it wants to enter.'),
  evidence: evidenceEvents('The events that the decision rests on.'),
  systems: concernedSystems(),
}

export const stageGatePassed = defineEvent({
  name: 'StageGatePassed',
  stream: 'model',
  recordedBy: 'person',
  description: 'A person let a model version pass a gate between two stages.',
  summary: 'Model {model} {version} passed the gate {gate} from {from} to {to}.',
  fields: () => ({
    ...gateFields,
    approval: optional(ref('approval', 'The approval it rests on.')),
    reason: optional(freeText('What decided it.')),
  }),
  example: {
    model: 'cs',
    version: '7',
    gate: 'release',
    from: 'registration',
    to: 'deployment',
    evidence: ['ws_k7m2q9x4t1.model-cs/0192f3c4-0000-7000-8000-000000000003'],
    approval: 'cs-release-7',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const stageGateRefused = defineEvent({
  name: 'StageGateRefused',
  stream: 'model',
  recordedBy: 'person',
  description: 'A person did not let a model version pass a gate.',
  summary: 'Model {model} {version} was refused at the gate {gate} from {from} to {to}.',
  fields: () => ({ ...gateFields, reason: freeText('What is missing.') }),
  example: {
    model: 'cs',
    version: '8',
    gate: 'release',
    from: 'registration',
    to: 'deployment',
    reason: 'The bias audit by age is missing.',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const versionDeployed = defineEvent({
  name: 'VersionDeployed',
  stream: 'model',
  evidence: ['change-record'],
  description: 'A model version was deployed.',
  summary:
    'Model {model} {version} was deployed to {environment} ({kind}, {strategy})[ for {share%} of the traffic][ under approval {approval}].',
  fields: () => ({
    model,
    version,
    environment,
    kind: word('DeploymentKind', ['real_time', 'batch', 'edge'], 'How it is served.'),
    strategy: word('DeploymentStrategy', ['canary', 'blue_green', 'all'], 'How it is brought in.'),
    share: optional(share('The share of the traffic it gets, 0–1.')),
    approval: optional(ref('approval', 'The approval it was deployed under.')),
    note: optional(freeText('What the person or pipeline that deployed it adds.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    environment: 'production',
    kind: 'real_time',
    strategy: 'canary',
    share: 0.1,
    approval: 'cs-release-7',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const versionRolledBack = defineEvent({
  name: 'VersionRolledBack',
  stream: 'model',
  evidence: ['corrective-action'],
  description: 'A model version was taken back and an earlier one put in its place.',
  summary: 'Model {model} was rolled back from {version} to {to} in {environment}.',
  fields: () => ({
    model,
    version: versionOf('model', 'model', 'The version taken back.'),
    to: versionOf('model', 'model', 'The version it returns to.'),
    environment,
    reason: freeText('Why.'),
    incident: optional(ref('incident', 'The incident it answers.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    to: '6',
    environment: 'production',
    reason: 'Refusals rose by a third within two hours of the canary.',
    incident: 'inc-2026-014',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const driftDetected = defineEvent({
  name: 'DriftDetected',
  stream: 'model',
  evidence: ['drift-alert'],
  description: 'Data, concept or performance of a model version moved past a threshold.',
  summary: 'Drift of {model} {version} ({kind}): {metric} is {value}, threshold {threshold}, over {window}.',
  fields: () => ({
    model,
    version,
    kind: word('DriftKind', ['data', 'concept', 'model'], 'What drifted: the inputs, their relation to the outcome, or the performance.'),
    metric: text('The metric, such as psi.', 100),
    value: number('Its value.'),
    threshold: number('The bound it passed.'),
    window: duration('The window it was measured over.'),
    feature: optional(text('The input that moved most.', 100)),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    kind: 'data',
    metric: 'psi',
    value: 0.27,
    threshold: 0.2,
    window: 'P7D',
    feature: 'income',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const driftResolved = defineEvent({
  name: 'DriftResolved',
  stream: 'model',
  description: 'A drift is over, or was found to do no harm.',
  summary: 'Drift of {model} {version} by {metric} was resolved: {how}.',
  fields: () => ({
    model,
    version,
    metric: text('The metric that had drifted.', 100),
    how: word('DriftResolution', ['retrained', 'rolled_back', 'recalibrated', 'source_repaired', 'harmless'], 'How it ended.'),
    alert: optional(eventRef('The alert that is resolved.')),
    reason: optional(freeText('What was found.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    metric: 'psi',
    how: 'source_repaired',
    reason: 'A feed had sent incomes in cents.',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const retrainingTriggered = defineEvent({
  name: 'RetrainingTriggered',
  stream: 'model',
  description: 'A criterion called for retraining of a model.',
  summary: 'Retraining of {model} was triggered by {criterion}.',
  fields: () => ({
    model,
    criterion: text('The criterion that was met.'),
    version: optional(versionOf('model', 'model', 'The version that is to be replaced.')),
    alert: optional(eventRef('The alert that triggered it.')),
    systems: concernedSystems(),
  }),
  example: { model: 'cs', version: '7', criterion: 'psi of any feature above 0.25 for 7 days', systems: ['credit-scoring'] },
  streamId,
})

export const modelRetrained = defineEvent({
  name: 'ModelRetrained',
  stream: 'model',
  description: 'Retraining of a model ended in a new version.',
  summary: 'Model {model} was retrained: {version} takes over from {from}.',
  fields: () => ({
    model,
    version: versionOf('model', 'model', 'The new version.'),
    from: versionOf('model', 'model', 'The version before.'),
    trainedOn: optional(maybeVersionedRef('dataset', 'The dataset version it was trained on.')),
    metrics: optional(numbers('Metrics of the new version, by name.')),
    trigger: optional(eventRef('The event that triggered it.')),
    systems: concernedSystems(),
  }),
  example: { model: 'cs', version: '8', from: '7', trainedOn: 'loans@2026-05', metrics: { auc: 0.879 }, systems: ['credit-scoring'] },
  streamId,
})
