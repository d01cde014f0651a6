import { defineEvent } from '../define-event.ts'
import { concernedSystems } from '../recurring-fields.ts'
import { list, optional } from '../schema/containers.ts'
import { maybeVersionedRef, party, ref, slug, versionOf } from '../schema/id-fields.ts'
import { numbers } from '../schema/map-fields.ts'
import { flag, largeWhole } from '../schema/number-fields.ts'
import { displayName, freeText, paragraph, sha256, text, uri, word } from '../schema/text-fields.ts'
import { duration } from '../schema/time-fields.ts'

const dataset = ref('dataset', 'The dataset, by the id that the sender gave it.')
const version = versionOf('dataset', 'dataset', 'The version of the dataset.')
const streamId = (data: { dataset: string }) => data.dataset
const legalBasis = word(
  'LegalBasis',
  ['consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests', 'not_personal'],
  'The legal basis of the processing (GDPR Art. 6(1)).',
)

const datasetRegistered = defineEvent({
  name: 'DatasetRegistered',
  stream: 'dataset',
  evidence: ['dataset-documentation'],
  description: 'A dataset enters the inventory, with its origin and what it holds (Art. 10(2)(b)).',
  summary: 'The dataset {dataset} ({name}) was registered; sensitivity {sensitivity}.',
  fields: () => ({
    dataset,
    name: displayName('The name people know it by.'),
    source: paragraph('Where the data comes from and how it was collected.', 1000),
    owner: party('Who is accountable: a team, a role or a person id.'),
    sensitivity: word(
      'DataSensitivity',
      ['none', 'pii', 'phi', 'special'],
      'None, personal data, health data, or special categories (GDPR Art. 9).',
    ),
    region: slug('The region in which it is kept.'),
    legalBasis,
    synthetic: optional(flag('Whether it is synthetic.')),
    originalPurpose: optional(paragraph('The purpose for which the data was collected first (Art. 10(2)(b)).', 1000)),
    supplier: optional(ref('supplier', 'Who supplied it.')),
    systems: concernedSystems(),
  }),
  example: {
    dataset: 'loans',
    name: 'Consumer loans',
    source: 'Loan applications and repayment histories of the core banking system, 2019 to today.',
    owner: 'credit-data',
    sensitivity: 'pii',
    region: 'eu',
    legalBasis: 'contract',
    originalPurpose: 'Granting and servicing of loans.',
    systems: ['credit-scoring'],
  },
  streamId,
})

const datasetVersioned = defineEvent({
  name: 'DatasetVersioned',
  stream: 'dataset',
  evidence: ['data-lineage'],
  description: 'A version of a dataset was made, from what and how.',
  summary: 'Version {version} of dataset {dataset} was made[ with {rows} rows][ from {derivedFrom}].',
  fields: () => ({
    dataset,
    version,
    sha256: sha256('SHA-256 of the files or of their manifest.'),
    rows: optional(largeWhole('How many rows it has.')),
    uri: optional(uri('Where it is kept.')),
    derivedFrom: optional(
      list('The dataset versions that it was made from.', maybeVersionedRef('dataset', 'A dataset version.'), { max: 48 }),
    ),
    transformation: optional(paragraph('How it was made from them.', 2000)),
    codeCommit: optional(text('The commit of the code that made it.', 64)),
    systems: concernedSystems(),
  }),
  example: {
    dataset: 'loans',
    version: '2026-02',
    sha256: '7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069',
    rows: 1250000,
    derivedFrom: ['loans-raw@2026-02', 'postcodes@2025'],
    transformation: 'Joined by postcode, incomes of the same month averaged, rows without a decision left out.',
    codeCommit: '1b2a3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
    systems: ['credit-scoring'],
  },
  streamId,
})

const dataQualityMeasured = defineEvent({
  name: 'DataQualityMeasured',
  stream: 'dataset',
  evidence: ['data-quality-report'],
  description: 'The quality of a dataset version was measured (Art. 10(3)).',
  summary: 'The quality of dataset {dataset} {version} was measured[: {passed?passed:failed}].',
  fields: () => ({
    dataset,
    version,
    dimensions: numbers('The value of each dimension, such as completeness or representativeness.'),
    thresholds: optional(numbers('The bounds set beforehand, by dimension.')),
    passed: optional(flag('Whether all bounds were kept.')),
    findings: optional(freeText('Gaps and shortcomings that were found (Art. 10(2)(h)).')),
    systems: concernedSystems(),
  }),
  example: {
    dataset: 'loans',
    version: '2026-02',
    dimensions: { completeness: 0.987, duplicates: 0.0004, representativeness: 0.93 },
    thresholds: { completeness: 0.98 },
    passed: true,
    systems: ['credit-scoring'],
  },
  streamId,
})

const consentRecorded = defineEvent({
  name: 'ConsentRecorded',
  stream: 'dataset',
  description: 'How consent to the use of a dataset was obtained, withdrawn or changed, for a group of people.',
  summary: 'Consent for dataset {dataset}, purpose {purpose}: {status}.',
  fields: () => ({
    dataset,
    purpose: slug('The purpose consented to.'),
    status: word('ConsentStatus', ['obtained', 'withdrawn', 'expired', 'not_needed'], 'What happened to the consent.'),
    scope: optional(text('Whose consent: the form, campaign or group, never a name.')),
    form: optional(sha256('SHA-256 of the text consented to.')),
    people: optional(largeWhole('How many people it covers.')),
    systems: concernedSystems(),
  }),
  example: {
    dataset: 'support-chats',
    purpose: 'train-assistant',
    status: 'obtained',
    scope: 'customers of the 2026 terms',
    people: 18200,
    systems: ['support-assistant'],
  },
  streamId,
})

const retentionSet = defineEvent({
  name: 'RetentionSet',
  stream: 'dataset',
  evidence: ['log-retention-policy'],
  description: 'How long a dataset or log is kept, and what happens then (Art. 19, 26(6)).',
  summary: 'Retention of dataset {dataset} was set: {keep}, then {afterwards}.',
  fields: () => ({
    dataset,
    keep: duration('How long it is kept.'),
    from: word('RetentionStart', ['creation', 'last_use', 'end_of_contract', 'system_retired'], 'When the time begins.'),
    afterwards: word('RetentionEnd', ['delete', 'anonymise', 'archive'], 'What happens after it.'),
    policy: optional(ref('policy', 'The policy that says so.')),
    expires: optional(
      list(
        'Types of events of this record whose encrypted fields expire by it, those about `systems` or, without them, all: so long after they were recorded their keys are destroyed. Absent: it is about data elsewhere.',
        text('The name of an event type with encrypted fields.', 60),
        { min: 1, max: 40 },
      ),
    ),
    systems: concernedSystems(),
  }),
  rule: [
    'expires',
    'expected `from: creation` and `afterwards: delete`: what expires here is deleted, counted from when it was recorded',
    ({ expires, from, afterwards }) => expires === undefined || (from === 'creation' && afterwards === 'delete'),
  ],
  example: {
    dataset: 'scoring-log',
    keep: 'P5Y',
    from: 'creation',
    afterwards: 'delete',
    policy: 'log-retention',
    systems: ['credit-scoring'],
  },
  streamId,
})

const piiScanned = defineEvent({
  name: 'PiiScanned',
  stream: 'dataset',
  description: 'A dataset version was searched for personal data, and what was found was masked.',
  summary: 'Dataset {dataset} {version} was scanned for personal data: {found} found, {masked} masked.',
  fields: () => ({
    dataset,
    version,
    found: largeWhole('How many pieces of personal data were found.'),
    masked: largeWhole('How many of them were masked.'),
    kinds: optional(numbers('How many of each kind, by name.')),
    tool: optional(text('The tool and its version.')),
    systems: concernedSystems(),
  }),
  example: {
    dataset: 'support-chats',
    version: '2026-02',
    found: 4123,
    masked: 4123,
    kinds: { email: 2011, phone: 1702, iban: 410 },
    tool: 'presidio 2.2',
    systems: ['support-assistant'],
  },
  streamId,
})

const indexBuilt = defineEvent({
  name: 'IndexBuilt',
  stream: 'dataset',
  description: 'A retrieval index was built from sources with an embedding model.',
  summary: 'Index {dataset} {version} was built with {embeddingModel} from {sources#source|sources}.',
  fields: () => ({
    dataset: ref('dataset', 'The index: it is a dataset of its own.'),
    version,
    embeddingModel: maybeVersionedRef('model', 'The model that embeds, as in text-embedding@3.'),
    sources: list('The dataset versions that were indexed.', maybeVersionedRef('dataset', 'A dataset version.'), { min: 1, max: 48 }),
    chunks: optional(largeWhole('How many chunks it holds.')),
    sha256: optional(sha256('SHA-256 of the index or of its manifest.')),
    systems: concernedSystems(),
  }),
  example: {
    dataset: 'handbook-index',
    version: '14',
    embeddingModel: 'text-embedding@3',
    sources: ['handbook@2026-02', 'faq@118'],
    chunks: 48211,
    systems: ['support-assistant'],
  },
  streamId,
})

/** What is recorded about a dataset, an index being one. */
export const datasetEvents = [
  datasetRegistered,
  datasetVersioned,
  dataQualityMeasured,
  consentRecorded,
  retentionSet,
  piiScanned,
  indexBuilt,
] as const
