import { defineEvent } from '../define-event.ts'
import { derogationConditions, evidenceKinds, regulatoryRoles, riskClasses } from '../regulation/vocabulary.ts'
import { list, optional } from '../schema/containers.ts'
import { anyRef, eventRef, party, ref, slug } from '../schema/id-fields.ts'
import { flag } from '../schema/number-fields.ts'
import { catalogueWord, displayName, freeText, paragraph, sha256, text, uri, word } from '../schema/text-fields.ts'
import { date } from '../schema/time-fields.ts'

const system = ref('aisystem', 'The AI system, by the id that the sender gave it.')
const streamId = (data: { system: string }) => data.system

export const systemRegistered = defineEvent({
  name: 'SystemRegistered',
  stream: 'aisystem',
  evidence: ['system-registered'],
  description: 'An AI system enters the inventory.',
  summary: '{name} was registered as the AI system {system}[, {role} in {businessUnit}].',
  fields: () => ({
    system,
    name: displayName('The trade name or the name people know it by.'),
    purpose: paragraph('The intended purpose (Art. 3(12)): what it is for, by whom it is used and on whom.', 2000),
    owner: party('Who is accountable: a team, a role or a person id.'),
    businessUnit: text('The business unit that runs it.'),
    role: catalogueWord(regulatoryRoles, 'The role that the organisation has for this system under the AI Act (Art. 3(3)–(8)).'),
    region: slug('The region whose law and store it lives under, such as eu.'),
    serviceTier: optional(word('ServiceTier', ['bronze', 'silver', 'gold', 'platinum'], 'The service tier it runs on.')),
    supplier: optional(ref('supplier', 'Who supplies it, if it is bought.')),
    project: optional(ref('project', 'The project that brought it.')),
    firstUse: optional(date('The day it was placed on the market or put into service.')),
  }),
  example: {
    system: 'credit-scoring',
    name: 'Credit scoring',
    purpose: 'Estimates the creditworthiness of natural persons who apply for consumer loans.',
    owner: 'credit-risk-models',
    businessUnit: 'Retail banking',
    role: 'provider',
    region: 'eu',
    serviceTier: 'gold',
    firstUse: '2026-04-01',
  },
  streamId,
})

export const systemClassified = defineEvent({
  name: 'SystemClassified',
  stream: 'aisystem',
  material: true,
  evidence: ['risk-classification'],
  description: 'The risk class of an AI system under the AI Act was determined.',
  summary: '{system} was classified as {riskClass}[ ({annexIIIPoint})] under {catalogueVersion}.',
  fields: () => ({
    system,
    riskClass: catalogueWord(riskClasses, 'The risk class that decides most.'),
    furtherRiskClasses: optional(
      list('Classes that apply besides: they add up.', catalogueWord(riskClasses, 'A further risk class.'), { max: 7 }),
    ),
    annexIIIPoint: optional(slug('The point of Annex III it falls under, such as annex-iii.5.b.')),
    basis: word(
      'ClassificationBasis',
      ['article_5', 'article_6_1', 'article_6_2', 'article_6_3', 'article_50', 'article_51', 'none'],
      'The provision that the class rests on.',
    ),
    derogation: optional(catalogueWord(derogationConditions, 'The condition of Art. 6(3) relied on, if the system is held not high-risk.')),
    profiling: optional(flag('Whether it profiles natural persons; then Art. 6(3) never applies.')),
    rationale: freeText('Why, in words.'),
    catalogueVersion: slug('The version of the regulation catalogue that was applied.'),
  }),
  example: {
    system: 'credit-scoring',
    riskClass: 'high-risk-annex-iii',
    furtherRiskClasses: ['transparency'],
    annexIIIPoint: 'annex-iii.5.b',
    basis: 'article_6_2',
    profiling: true,
    rationale: 'It evaluates the creditworthiness of natural persons and is not used to detect fraud.',
    catalogueVersion: 'eu-ai-act-2026',
  },
  streamId,
})

const dependencyKind = word(
  'DependencyKind',
  ['model', 'dataset', 'feature', 'component', 'system', 'supplier'],
  'What kind of thing it depends on.',
)
const dependsOn = anyRef('What it depends on.', ['model', 'dataset', 'component', 'aisystem', 'supplier'])

export const dependencyDeclared = defineEvent({
  name: 'DependencyDeclared',
  stream: 'aisystem',
  evidence: ['data-lineage'],
  description: 'An AI system depends on a model, dataset, component, other system or supplier.',
  summary: '{system} depends on {on}.',
  fields: () => ({ system, on: dependsOn, kind: dependencyKind }),
  example: { system: 'credit-scoring', on: 'model:cs@7', kind: 'model' },
  streamId,
})

export const dependencyRemoved = defineEvent({
  name: 'DependencyRemoved',
  stream: 'aisystem',
  evidence: ['data-lineage'],
  description: 'An AI system no longer depends on something.',
  summary: '{system} no longer depends on {on}.',
  fields: () => ({ system, on: dependsOn, kind: dependencyKind }),
  example: { system: 'credit-scoring', on: 'component:address-normaliser', kind: 'component' },
  streamId,
})

export const rolloutPhaseEntered = defineEvent({
  name: 'RolloutPhaseEntered',
  stream: 'aisystem',
  description: 'An AI system entered a phase of its rollout.',
  summary: '{system} entered the rollout phase {phase}.',
  fields: () => ({
    system,
    phase: word('RolloutPhase', ['limited_beta', 'expanded_pilot', 'gradual_rollout', 'full_production'], 'The phase entered.'),
  }),
  example: { system: 'credit-scoring', phase: 'expanded_pilot' },
  streamId,
})

export const documentAttached = defineEvent({
  name: 'DocumentAttached',
  stream: 'aisystem',
  description: 'A document about an AI system was filed; it counts as the kind of evidence that it names.',
  summary: 'A document of kind {kind} was attached to {system}: {title}.',
  fields: () => ({
    system,
    kind: catalogueWord(evidenceKinds, 'The kind of evidence it is.'),
    title: text('The title of the document.'),
    uri: uri('Where the document is kept.'),
    sha256: sha256('SHA-256 of its bytes.'),
    validFrom: date('The first day it is valid.'),
    validUntil: optional(date('The last day it is valid; absent if it has no end.')),
    annexItem: optional(slug('The item of Annex IV or XI that it answers, such as annex-iv.2.b.')),
    obligation: optional(slug('The obligation it was written for, such as art-11.1.')),
  }),
  rule: [
    'validUntil',
    'expected a day on or after validFrom',
    ({ validFrom, validUntil }) => validUntil === undefined || validFrom <= validUntil,
  ],
  example: {
    system: 'credit-scoring',
    kind: 'instructions-for-use',
    title: 'Instructions for use, credit scoring 7',
    uri: 'https://docs.example/credit-scoring/ifu-7.pdf',
    sha256: '4b8e9a7f61d0c2e35ab9d84f7c1e60b2a9d3f5e8c7b6a4d2f1e0c9b8a7d6e5f4',
    validFrom: '2026-03-10',
    validUntil: '2027-03-09',
  },
  streamId,
})

export const systemChanged = defineEvent({
  name: 'SystemChanged',
  stream: 'aisystem',
  material: true,
  evidence: ['change-record'],
  description: 'An AI system was changed; says whether the change is a substantial modification (Art. 3(23)).',
  summary: '{system} was changed[ ({substantial?substantial modification:no substantial modification})].',
  fields: () => ({
    system,
    change: freeText('What was changed.'),
    substantial: optional(flag('Whether it is a substantial modification (Art. 3(23)).')),
    preDetermined: optional(flag('Whether the provider had determined the change beforehand (Art. 43(4)).')),
    fromVersion: optional(anyRef('The version before.', ['model', 'component', 'dataset', 'aisystem'])),
    toVersion: optional(anyRef('The version after.', ['model', 'component', 'dataset', 'aisystem'])),
    approval: optional(ref('approval', 'The approval it was made under.')),
    cause: optional(eventRef('The event that led to it.')),
  }),
  example: {
    system: 'credit-scoring',
    change: 'The cut-off for automatic refusal was raised from 0.62 to 0.66.',
    substantial: false,
    preDetermined: true,
    toVersion: 'model:cs@7',
  },
  streamId,
})

export const systemRetired = defineEvent({
  name: 'SystemRetired',
  stream: 'aisystem',
  recordedBy: 'person',
  description: 'An AI system was taken out of service for good.',
  summary: '{system} was retired[ and replaced by {replacedBy}].',
  fields: () => ({
    system,
    reason: freeText('Why it is retired.'),
    replacedBy: optional(ref('aisystem', 'The system that takes its place.')),
    lastUse: optional(date('The last day it was used.')),
  }),
  example: {
    system: 'credit-scoring',
    reason: 'The product it scored for is no longer offered.',
    replacedBy: 'credit-scoring-2',
    lastUse: '2028-12-31',
  },
  streamId,
})
