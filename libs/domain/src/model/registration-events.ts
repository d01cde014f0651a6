import { defineEvent } from '../define-event.ts'
import { attachment, concernedSystems } from '../recurring-fields.ts'
import { list, object, optional, variants } from '../schema/containers.ts'
import { maybeVersionedRef, party, ref, slug, versionedRef, versionOf } from '../schema/id-fields.ts'
import { numbers, texts } from '../schema/map-fields.ts'
import { displayName, freeText, paragraph, sha256, text, uri, word } from '../schema/text-fields.ts'
import { date } from '../schema/time-fields.ts'

const model = ref('model', 'The model, by the id that the sender gave it.')
const modelVersion = versionOf('model', 'model', 'The version of the model.')
const streamId = (data: { model: string }) => data.model

export const modelRegistered = defineEvent({
  name: 'ModelRegistered',
  stream: 'model',
  description: 'A model enters the inventory; its versions follow.',
  summary: 'The model {model} ({name}) was registered for {task}.',
  fields: () => ({
    model,
    name: displayName('The name people know it by.'),
    task: text('What it does: classification, regression, text generation …'),
    owner: party('Who is accountable: a team, a role or a person id.'),
    template: optional(ref('component', 'The model template it was made from.')),
    systems: concernedSystems(),
  }),
  example: { model: 'cs', name: 'Credit score', task: 'binary classification', owner: 'credit-risk-models', systems: ['credit-scoring'] },
  streamId,
})

const trainedArtifact = object('A model whose bytes exist here.', {
  sha256: sha256('SHA-256 of the model file or of its manifest.'),
  uri: optional(uri('Where it is kept.')),
})
const hostedArtifact = object('A model that a provider hosts: there is nothing to hash but the prompt.', {
  provider: ref('supplier', 'Who hosts it.'),
  model: text("The provider's name of the model."),
  snapshot: text("The provider's snapshot or version.", 100),
  promptSha256: sha256('SHA-256 of the system prompt and configuration.'),
})

export const modelVersionRegistered = defineEvent({
  name: 'ModelVersionRegistered',
  stream: 'model',
  material: true,
  evidence: ['system-registered', 'data-lineage'],
  description: 'A version of a model was built or chosen, with where it comes from.',
  summary: 'Version {version} of model {model} was registered[, trained on {trainedOn}].',
  fields: () => ({
    model,
    version: modelVersion,
    artifact: variants(
      'What the version is: either `sha256` of a model of our own, or `provider`, `model`, `snapshot` and `promptSha256` of a hosted one.',
      trainedArtifact,
      hostedArtifact,
    ),
    derivedFrom: optional(
      object('The model version it was made from.', {
        model: versionedRef('model', 'That model and its version, as in base@2.'),
        how: word('ModelDerivation', ['fine_tuned', 'distilled', 'quantised', 'merged', 'retrained'], 'How it was made from it.'),
      }),
    ),
    codeCommit: optional(text('The commit of the code that built it.', 64)),
    framework: optional(text('The framework and its version.')),
    trainedOn: optional(
      list('The dataset versions it was trained on, as in loans@2026-02.', maybeVersionedRef('dataset', 'A dataset version.'), { max: 48 }),
    ),
    features: optional(
      list('The features it reads, as components of the registry.', maybeVersionedRef('component', 'A feature.'), { max: 48 }),
    ),
    index: optional(maybeVersionedRef('dataset', 'The retrieval index it works with.')),
    experiment: optional(slug('The experiment it came out of.')),
    metrics: optional(numbers('Metrics at registration, by name.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    artifact: { sha256: '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c', uri: 's3://models/cs/7/model.onnx' },
    derivedFrom: { model: 'cs@6', how: 'retrained' },
    codeCommit: '4f1c2d9be07a4c6f8e3b5a1d9c8e7f6a5b4c3d2e',
    framework: 'LightGBM 4.5',
    trainedOn: ['loans@2026-02'],
    features: ['income-features@2.1.0'],
    experiment: 'cs-2026-02-grid',
    metrics: { auc: 0.8731, ks: 0.41 },
    systems: ['credit-scoring'],
  },
  streamId,
})

export const modelCardPublished = defineEvent({
  name: 'ModelCardPublished',
  stream: 'model',
  evidence: ['model-card'],
  description: 'The model card of a version was published.',
  summary: 'The model card of {model} {version} was published.',
  fields: () => ({
    model,
    version: modelVersion,
    capabilities: paragraph('What it can do.', 4000),
    limits: paragraph('Where it must not be relied on.', 4000),
    intendedUse: optional(paragraph('What it is meant for.', 4000)),
    card: attachment('The card.'),
    validUntil: optional(date('The last day the card holds.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    capabilities: 'Ranks applicants for consumer loans by the probability of default within 12 months.',
    limits: 'Not for business loans; not for applicants without a history of at least six months.',
    card: {
      title: 'Model card cs 7',
      uri: 'https://docs.example/cs/7/card.json',
      sha256: '0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f9012345678abc',
      mediaType: 'application/json',
    },
    systems: ['credit-scoring'],
  },
  streamId,
})

export const experimentLogged = defineEvent({
  name: 'ExperimentLogged',
  stream: 'model',
  description: 'An experiment on the way to a model version: parameters, metrics, artefacts.',
  summary: 'Experiment {experiment} of model {model} was logged.',
  fields: () => ({
    model,
    version: optional(modelVersion),
    experiment: slug('The experiment.'),
    parameters: optional(texts('Parameters by name.')),
    metrics: optional(numbers('Metrics by name.')),
    artefacts: optional(list('What came out of it.', attachment('An artefact.'), { max: 30 })),
    trainedOn: optional(list('The dataset versions used.', maybeVersionedRef('dataset', 'A dataset version.'), { max: 48 })),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    experiment: 'cs-2026-02-grid',
    parameters: { learning_rate: '0.05', num_leaves: '63' },
    metrics: { auc: 0.8731, logloss: 0.362 },
    trainedOn: ['loans@2026-02'],
    systems: ['credit-scoring'],
  },
  streamId,
})

export const modelRetired = defineEvent({
  name: 'ModelRetired',
  stream: 'model',
  recordedBy: 'person',
  description: 'A model, or one version of it, was taken out of use for good.',
  summary: 'Model {model}[ {version}] was retired[ and replaced by {replacedBy}].',
  fields: () => ({
    model,
    version: optional(versionOf('model', 'model', 'The version that is retired; absent: the whole model.')),
    reason: freeText('Why it is retired.'),
    replacedBy: optional(maybeVersionedRef('model', 'What takes its place.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '6',
    reason: 'Version 7 has served all traffic for 30 days.',
    replacedBy: 'cs@7',
    systems: ['credit-scoring'],
  },
  streamId,
})
