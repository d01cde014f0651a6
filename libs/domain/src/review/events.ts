import { defineEvent } from '../define-event.ts'
import { list, object, optional } from '../schema/containers.ts'
import { eventRef, party, personId, ref, slug } from '../schema/id-fields.ts'
import { number, whole } from '../schema/number-fields.ts'
import { freeText, paragraph, sha256, word } from '../schema/text-fields.ts'
import { date, duration, instant } from '../schema/time-fields.ts'

const review = ref('review', 'The review, by its id: a series of meetings has one.')
const type = word('ReviewType', ['executive_steering', 'portfolio', 'gate', 'risk', 'other'], 'What kind of review.')

const reviewScheduled = defineEvent({
  name: 'ReviewScheduled',
  stream: 'review',
  description: 'A recurring review was set up.',
  summary: 'The review {review} ({type}) was scheduled every {cadence}.',
  fields: () => ({
    review,
    type,
    cadence: duration('How often it is held.'),
    participants: list('Who takes part: people, teams or roles.', party('A participant.'), { min: 1, max: 100 }),
    focus: optional(paragraph('What it looks at.', 1000)),
    firstOn: optional(date('The day of the first.')),
  }),
  example: {
    review: 'risk-review',
    type: 'risk',
    cadence: 'P1M',
    participants: ['chief-risk-officer', 'model-risk'],
    focus: 'open incidents, drift, waivers',
    firstOn: '2026-01-14',
  },
  streamId: (data) => data.review,
})

const reviewHeld = defineEvent({
  name: 'ReviewHeld',
  stream: 'review',
  description: 'A review was held.',
  summary: 'The review {review} ({type}) was held[ with {actions#action|actions}].',
  fields: () => ({
    review,
    type,
    heldAt: optional(instant('When it began.')),
    participants: optional(list('Who took part.', personId('A person.'), { max: 100 })),
    decisions: list('What was decided.', freeText('A decision.'), { max: 50 }),
    actions: list(
      'What has to be done.',
      object('An action.', { action: freeText('The action.'), owner: party('Who does it.'), due: optional(date('By when.')) }),
      { max: 50 },
    ),
    minutesSha256: sha256('SHA-256 of the minutes.'),
    systems: optional(list('The AI systems that were looked at.', ref('aisystem', 'An AI system.'), { max: 64 })),
  }),
  example: {
    review: 'risk-review',
    type: 'risk',
    heldAt: '2026-04-15T12:00:00.000Z',
    decisions: ['Credit scoring stays on version 6 until the feed is checked.'],
    actions: [{ action: 'Range checks on all feeds.', owner: 'credit-data', due: '2026-05-15' }],
    minutesSha256: 'd2c1b0a9f8e7d6c5b4a3928170f6e5d4c3b2a1908f7e6d5c4b3a29180f7e6d5c',
    systems: ['credit-scoring'],
  },
  streamId: (data) => data.review,
})

const maturityAssessed = defineEvent({
  name: 'MaturityAssessed',
  stream: 'review',
  description: 'The maturity of the organisation was assessed by a model.',
  summary: 'Maturity by {model}: level {level}.',
  fields: () => ({
    model: word('MaturityModel', ['scaling', 'model_ops'], 'The maturity model.'),
    answers: list(
      'What people answered where the ledger could not.',
      object('An answer.', {
        question: slug('The question.'),
        level: number('The level it speaks for.', { min: 1, max: 5 }),
        note: optional(freeText('What shows it.')),
        evidence: optional(eventRef('The event that shows it.')),
      }),
      { max: 100 },
    ),
    level: whole('The level, 1–5.', { min: 1, max: 5 }),
    assessor: optional(party('Who assessed.')),
  }),
  example: {
    model: 'model_ops',
    answers: [{ question: 'monitoring-automated', level: 3, note: 'All models in production report drift daily.' }],
    level: 3,
    assessor: 'model-risk',
  },
  streamId: ({ model }) => `maturity~${model}`,
})

/** What is recorded about reviews and maturity. */
export const reviewEvents = [reviewScheduled, reviewHeld, maturityAssessed] as const
