import { defineEvent } from '../define-event.ts'
import { attachment, governedThing } from '../recurring-fields.ts'
import { evidenceKinds } from '../regulation/vocabulary.ts'
import { list, object, optional } from '../schema/containers.ts'
import { anyRef, eventRef, party, ref, slug, versionOf } from '../schema/id-fields.ts'
import { flag, number, whole } from '../schema/number-fields.ts'
import { catalogueWord, freeText, paragraph, sha256, text, uri, word } from '../schema/text-fields.ts'
import { date } from '../schema/time-fields.ts'

const policyFields = {
  policy: ref('policy', 'The policy or procedure.'),
  version: versionOf('policy', 'policy', 'Its version.'),
  title: text('Its title.'),
  owner: party('Who is accountable for it.'),
  document: attachment('The text.'),
  effectiveOn: date('The day it takes effect.'),
  reviewDue: optional(date('The day by which it must be looked at again.')),
}
const policyStream = (data: { policy: string }) => data.policy
const policyExample = {
  policy: 'ai-use',
  title: 'Policy on the use of AI systems',
  owner: 'chief-risk-officer',
  document: {
    uri: 'https://docs.example/policies/ai-use-1.pdf',
    sha256: 'a3f1c0d2b4e5968778695a4b3c2d1e0f0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    mediaType: 'application/pdf',
  },
  effectiveOn: '2026-01-01',
  reviewDue: '2026-12-31',
}

const policyAdopted = defineEvent({
  name: 'PolicyAdopted',
  stream: 'policy',
  recordedBy: 'person',
  evidence: ['policy-or-procedure'],
  description: 'A policy or procedure of the quality management system was adopted (Art. 17).',
  summary: 'The policy {title} ({policy} {version}) was adopted; in effect from {effectiveOn}.',
  fields: () => policyFields,
  example: { ...policyExample, version: '1' },
  streamId: policyStream,
})

const policyRevised = defineEvent({
  name: 'PolicyRevised',
  stream: 'policy',
  recordedBy: 'person',
  evidence: ['policy-or-procedure'],
  description: 'A new version of a policy took the place of the last one.',
  summary: 'The policy {title} ({policy}) was revised to {version}; in effect from {effectiveOn}.',
  fields: () => ({ ...policyFields, changes: freeText('What changes.') }),
  example: { ...policyExample, version: '2', effectiveOn: '2026-07-01', changes: 'Agents that act on accounts need a human checkpoint.' },
  streamId: policyStream,
})

const catalogueAdopted = defineEvent({
  name: 'CatalogueAdopted',
  stream: 'regulation',
  recordedBy: 'person',
  description: 'A version of a regulation catalogue was adopted: assessments use it from its effective day.',
  summary: 'The catalogue {catalogue} {version} was adopted.',
  fields: () => ({
    catalogue: ref('catalogue', 'The catalogue.'),
    version: versionOf('catalogue', 'catalogue', 'Its version.'),
    sha256: sha256('SHA-256 of its canonical JSON.'),
    effectiveOn: optional(date('The day from which it is used.')),
    note: optional(freeText('Why now.')),
  }),
  example: {
    catalogue: 'eu-ai-act',
    version: '2026',
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    effectiveOn: '2026-07-27',
  },
  streamId: ({ catalogue }) => catalogue,
})

const templatePublished = defineEvent({
  name: 'TemplatePublished',
  stream: 'template',
  recordedBy: 'person',
  description: 'A template for risk assessments was published.',
  summary: 'The template {title} ({template} {version}) was published with {questions#question|questions}.',
  fields: () => ({
    template: ref('template', 'The template.'),
    version: versionOf('template', 'template', 'Its version.'),
    title: text('Its title.'),
    questions: list(
      'Its questions in order.',
      object('A question.', {
        question: slug('The id of the question.'),
        text: paragraph('The question.', 1000),
        weight: optional(number('What it weighs in the score.')),
        choices: optional(
          list(
            'The answers to choose from.',
            object('An answer.', { answer: text('The answer.'), score: number('The points it gives.') }),
            { max: 20 },
          ),
        ),
      }),
      { min: 1, max: 200 },
    ),
    bands: optional(
      list(
        'From which score on which residual risk follows.',
        object('A band.', {
          from: number('The lowest score.'),
          residual: word('RiskLevel', ['low', 'medium', 'high', 'critical'], 'The risk.'),
        }),
        { max: 10 },
      ),
    ),
  }),
  example: {
    template: 'ai-risk-basic',
    version: '3',
    title: 'Basic AI risk assessment',
    questions: [
      {
        question: 'affects-access-to-services',
        text: 'Does the output decide on access to an essential service?',
        weight: 2,
        choices: [
          { answer: 'yes', score: 20 },
          { answer: 'no', score: 0 },
        ],
      },
    ],
    bands: [
      { from: 0, residual: 'low' },
      { from: 40, residual: 'medium' },
    ],
  },
  streamId: ({ template }) => template,
})

const gateDefined = defineEvent({
  name: 'GateDefined',
  stream: 'policy',
  recordedBy: 'person',
  description: 'What a gate between two stages needs: kinds of evidence and approvals.',
  summary: 'The gate {gate} was defined: {evidence#kind|kinds} of evidence, {approvals} approvals.',
  fields: () => ({
    gate: ref('gate', 'The gate.'),
    version: versionOf('gate', 'gate', 'The version of its definition.'),
    title: text('Its title.'),
    before: text('The stage or phase that it guards.', 100),
    evidence: list('The kinds of evidence that must be there.', catalogueWord(evidenceKinds, 'A kind of evidence.'), { max: 43 }),
    approvals: whole('How many people must approve.', { max: 20 }),
    enforced: optional(flag('Whether passing without it is a violation.')),
  }),
  example: {
    gate: 'release',
    version: '2',
    title: 'Release to production',
    before: 'deployment',
    evidence: ['performance-evaluation', 'bias-audit', 'model-card'],
    approvals: 2,
    enforced: true,
  },
  streamId: ({ gate }) => `gate~${gate}`,
})

const violation = ref('violation', 'The violation.')

const violationRecorded = defineEvent({
  name: 'ViolationRecorded',
  stream: 'policy',
  recordedBy: 'annal',
  description: 'Something that was recorded breaks a rule; follows from it.',
  summary: 'The rule {rule} was broken by {subject}.',
  fields: () => ({
    violation,
    rule: ref('rule', 'The rule.'),
    subject: governedThing('What broke it.'),
    event: eventRef('The event that shows it.'),
    systems: optional(list('The AI systems concerned.', ref('aisystem', 'An AI system.'), { max: 64 })),
    source: optional(uri('Where the rule stands.')),
  }),
  example: {
    violation: 'deployed-without-approval-1f08d1ea',
    rule: 'deployed-without-approval',
    subject: 'model:cs@7',
    event: 'ws_k7m2q9x4t1.model-cs/0192f3c4-0000-7000-8000-000000000009',
    systems: ['credit-scoring'],
  },
  streamId: ({ violation }) => `violation~${violation}`,
})

const violationResolved = defineEvent({
  name: 'ViolationResolved',
  stream: 'policy',
  recordedBy: 'person',
  description: 'A person settled a violation.',
  summary: 'The violation {violation} was resolved: {how}.',
  fields: () => ({
    violation,
    subject: anyRef('What had broken the rule.'),
    how: word('ViolationOutcome', ['remedied', 'accepted', 'unfounded'], 'How it ended.'),
    reason: freeText('Why.'),
    systems: optional(list('The AI systems concerned.', ref('aisystem', 'An AI system.'), { max: 64 })),
  }),
  example: {
    violation: 'deployed-without-approval-1f08d1ea',
    subject: 'model:cs@7',
    how: 'remedied',
    reason: 'Rolled back within the hour; the approval was given on the next day.',
    systems: ['credit-scoring'],
  },
  streamId: ({ violation }) => `violation~${violation}`,
})

/** What is recorded about policies, regulation catalogues, templates, gates and violations. */
export const policyEvents = [
  policyAdopted,
  policyRevised,
  catalogueAdopted,
  templatePublished,
  gateDefined,
  violationRecorded,
  violationResolved,
] as const
