import { defineEvent } from '../define-event.ts'
import { list, object, optional } from '../schema/containers.ts'
import { dataSubject, maybeVersionedRef, party, ref, slug, versionedRef } from '../schema/id-fields.ts'
import { flag, number, share } from '../schema/number-fields.ts'
import { digest, freeText, text, word } from '../schema/text-fields.ts'
import { date, instant } from '../schema/time-fields.ts'
import { decisionStreamId } from './stream-id.ts'

const system = ref('aisystem', 'The AI system that decided.')
const decisionId = slug('The id of the decision, unique within the system.')
const decidedOn = date('The UTC day on which the decision occurred; the stream is found by it.')
const subject = optional(dataSubject('The person whom the decision is about.'))

const decisionMade = defineEvent({
  name: 'DecisionMade',
  stream: 'decision',
  description: 'An AI system decided or recommended something about a case (Art. 12, 26(6)).',
  summary: '{system} decided {decisionId} with {modelVersion}[: {outcome}][, confidence {confidence}].',
  fields: () => ({
    decisionId,
    system,
    modelVersion: versionedRef('model', 'The model and version that decided, as in cs@7.'),
    inputSha256: digest('SHA-256 of the input; stored as an HMAC that goes with the data subject.'),
    outputSha256: digest('SHA-256 of the output; stored as an HMAC that goes with the data subject.'),
    outcome: optional(text('The outcome in a word, if it says nothing about the person that others may not know.', 60)),
    confidence: share('How sure the model was, 0–1.'),
    retrieved: optional(
      list(
        'What was retrieved for it.',
        object('A source.', {
          source: maybeVersionedRef('dataset', 'The index or dataset version.'),
          document: optional(text('The document or chunk in it.')),
          score: optional(number('How well it fitted.')),
        }),
        { max: 50 },
      ),
    ),
    automated: optional(flag('Whether it took effect without a person (GDPR Art. 22).')),
    subject,
  }),
  example: {
    decisionId: 'dec-000917',
    system: 'credit-scoring',
    modelVersion: 'cs@7',
    inputSha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    outputSha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    outcome: 'refused',
    confidence: 0.93,
    automated: false,
    subject: 'sub_77aa41c9',
  },
  streamId: ({ system, decisionId }, occurredAt) => decisionStreamId(system, occurredAt.slice(0, 10), decisionId),
})

const decisionReviewed = defineEvent({
  name: 'DecisionReviewed',
  stream: 'decision',
  evidence: ['human-review'],
  description: 'A person checked one decision of an AI system (Art. 14, 26(2)).',
  summary: 'Decision {decisionId} of {system} was reviewed: {outcome}.',
  fields: () => ({
    system,
    decidedOn,
    decisionId,
    reviewer: party('Who reviewed: a person id, or the id of a role or team.'),
    outcome: word('ReviewOutcome', ['confirmed', 'overridden', 'escalated'], 'What became of the decision.'),
    reason: freeText('Why.'),
    subject,
  }),
  example: {
    system: 'credit-scoring',
    decidedOn: '2026-03-04',
    decisionId: 'dec-000917',
    reviewer: 'loan-officers',
    outcome: 'overridden',
    reason: 'The late payment of 2024 was a bank error and has been corrected since.',
    subject: 'sub_77aa41c9',
  },
  streamId: ({ system, decidedOn, decisionId }) => decisionStreamId(system, decidedOn, decisionId),
})

const explanationGiven = defineEvent({
  name: 'ExplanationGiven',
  stream: 'decision',
  evidence: ['explanation-record'],
  description: 'An affected person was given an explanation of a decision (Art. 86).',
  summary: 'An explanation of decision {decisionId} of {system} was given.',
  fields: () => ({
    system,
    decidedOn,
    decisionId,
    requestedAt: instant('When the person asked.'),
    answeredAt: instant('When the explanation was given.'),
    explanation: optional(freeText('What was explained.')),
    factors: optional(list('The main elements of the decision.', text('An element.'), { max: 20 })),
    channel: optional(word('ExplanationChannel', ['letter', 'email', 'portal', 'phone', 'in_person'], 'How it was given.')),
    subject,
  }),
  example: {
    system: 'credit-scoring',
    decidedOn: '2026-03-04',
    decisionId: 'dec-000917',
    requestedAt: '2026-03-06T09:00:00.000Z',
    answeredAt: '2026-03-09T15:30:00.000Z',
    explanation: 'The ratio of debt to income and one late payment in the last 24 months weighed most.',
    factors: ['debt to income', 'late payments'],
    channel: 'letter',
    subject: 'sub_77aa41c9',
  },
  streamId: ({ system, decidedOn, decisionId }) => decisionStreamId(system, decidedOn, decisionId),
})

/** What is recorded about single decisions of AI systems; the volume is high. */
export const decisionEvents = [decisionMade, decisionReviewed, explanationGiven] as const
