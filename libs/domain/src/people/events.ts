import { defineEvent } from '../define-event.ts'
import { attachment, concernedSystems } from '../recurring-fields.ts'
import { list, object, optional } from '../schema/containers.ts'
import { maybeVersionedRef, party, personId, ref, slug } from '../schema/id-fields.ts'
import { flag, share, whole } from '../schema/number-fields.ts'
import { freeText, text, uri, word } from '../schema/text-fields.ts'
import { date, instant } from '../schema/time-fields.ts'

/** Streams are named after courses, milestones, guilds, notices, suppliers and assessments, never after people. */

const trainingCompleted = defineEvent({
  name: 'TrainingCompleted',
  stream: 'people',
  evidence: ['training-record'],
  description: 'A person completed a training or literacy measure (Art. 4, 26(2)).',
  summary: '{person} completed the training {course}[ as {role}].',
  fields: () => ({
    person: personId('The person.'),
    course: ref('course', 'The course.'),
    role: optional(slug('The role it prepares for.')),
    score: optional(share('The result, 0–1.')),
    passed: optional(flag('Whether it was passed.')),
    completedOn: optional(date('The day it was completed.')),
    validUntil: optional(date('The last day it counts.')),
    systems: concernedSystems(),
  }),
  example: {
    person: 'per_3f8a1c',
    course: 'human-oversight-basics',
    role: 'loan-officer',
    score: 0.92,
    passed: true,
    completedOn: '2026-02-17',
    validUntil: '2027-02-16',
    systems: ['credit-scoring'],
  },
  streamId: ({ course }) => `training~${course}`,
})

const competencyReached = defineEvent({
  name: 'CompetencyReached',
  stream: 'people',
  description: 'A person reached a milestone of competency.',
  summary: '{person} reached the milestone {milestone}.',
  fields: () => ({
    person: personId('The person.'),
    milestone: ref('milestone', 'The milestone.'),
    level: optional(word('CompetencyLevel', ['aware', 'practitioner', 'expert', 'mentor'], 'The level.')),
    reachedOn: optional(date('The day it was reached.')),
    note: optional(freeText('What shows it.')),
  }),
  example: { person: 'per_3f8a1c', milestone: 'first-model-in-production', level: 'practitioner', reachedOn: '2026-03-09' },
  streamId: ({ milestone }) => `competency~${milestone}`,
})

const guildSessionHeld = defineEvent({
  name: 'GuildSessionHeld',
  stream: 'people',
  description: 'A guild met.',
  summary: 'The guild {guild} met on {topic}[ with {participants#participant|participants}].',
  fields: () => ({
    guild: ref('guild', 'The guild.'),
    topic: text('The topic.'),
    participants: list('Who took part.', personId('A person.'), { max: 200 }),
    heldAt: optional(instant('When it began.')),
    notes: optional(freeText('What came out of it.')),
  }),
  example: {
    guild: 'model-validation',
    topic: 'Drift of credit models in 2026',
    participants: ['per_3f8a1c', 'per_91bd07'],
    heldAt: '2026-03-12T13:00:00.000Z',
  },
  streamId: ({ guild }) => `guild~${guild}`,
})

const transparencyNoticePublished = defineEvent({
  name: 'TransparencyNoticePublished',
  stream: 'people',
  evidence: ['transparency-notice'],
  description: 'People were told that they deal with an AI system, or its output was marked (Art. 26(7), 26(11), 50).',
  summary: 'The transparency notice {notice} for {audience} was published.',
  fields: () => ({
    notice: ref('notice', 'The notice.'),
    audience: text('Whom it is for.'),
    channel: text('Where it is shown.'),
    firstShownAt: optional(instant('When it was shown first.')),
    markMethod: optional(word('ContentMark', ['visible_label', 'watermark', 'metadata', 'none'], 'How output is marked (Art. 50(2)).')),
    document: optional(attachment('The text.')),
    systems: concernedSystems(),
  }),
  example: {
    notice: 'loan-form-notice-3',
    audience: 'applicants for consumer loans',
    channel: 'loan form, online and in branches',
    firstShownAt: '2026-03-30T22:00:00.000Z',
    systems: ['credit-scoring'],
  },
  streamId: ({ notice }) => `notice~${notice}`,
})

const supplierAssessed = defineEvent({
  name: 'SupplierAssessed',
  stream: 'people',
  evidence: ['supplier-due-diligence'],
  description: 'A supplier or upstream operator was checked (Art. 25).',
  summary: 'The supplier {supplier} was assessed: {outcome}.',
  fields: () => ({
    supplier: ref('supplier', 'The supplier.'),
    outcome: word('SupplierOutcome', ['approved', 'approved_with_conditions', 'rejected'], 'The result.'),
    checks: optional(
      list('What was checked.', object('A check.', { check: text('The check.'), passed: flag('Whether it passed.') }), { max: 50 }),
    ),
    findings: freeText('What was found.'),
    agreement: optional(uri('Where the agreement is kept.')),
    validUntil: optional(date('The last day the assessment holds.')),
    supplies: optional(list('What it supplies.', maybeVersionedRef('component', 'A component.'), { max: 48 })),
    systems: concernedSystems(),
  }),
  example: {
    supplier: 'acme-llm',
    outcome: 'approved_with_conditions',
    checks: [
      { check: 'copyright policy published', passed: true },
      { check: 'incident channel within 24 h', passed: false },
    ],
    findings: 'A contact for incidents has to be named in the contract.',
    validUntil: '2027-01-31',
    systems: ['support-assistant'],
  },
  streamId: ({ supplier }) => `supplier~${supplier}`,
})

const dataProtectionImpactAssessed = defineEvent({
  name: 'DataProtectionImpactAssessed',
  stream: 'people',
  evidence: ['dpia'],
  description: 'The impact of a processing on data protection was assessed (GDPR Art. 35).',
  summary: 'The data protection impact assessment {dpia} was completed; residual risk {residual}.',
  fields: () => ({
    dpia: ref('dpia', 'The assessment.'),
    processing: freeText('The processing and its purposes (Art. 35(7)(a)).'),
    necessity: freeText('Why it is necessary and proportionate (Art. 35(7)(b)).'),
    risks: list('The risks to rights and freedoms (Art. 35(7)(c)).', freeText('A risk.'), { min: 1, max: 50 }),
    measures: list('The measures against them (Art. 35(7)(d)).', freeText('A measure.'), { min: 1, max: 50 }),
    residual: word(
      'RiskLevel',
      ['low', 'medium', 'high', 'critical'],
      'The risk that remains; if high, the authority is consulted (Art. 36).',
    ),
    assessor: optional(party('Who assessed.')),
    people: optional(whole('How many people are concerned.')),
    validUntil: optional(date('The last day the assessment holds.')),
    document: optional(attachment('The assessment.')),
    systems: concernedSystems(),
  }),
  example: {
    dpia: 'dpia-credit-scoring-2026',
    processing: 'Scoring of applicants from income, debts and repayment history.',
    necessity: 'The law requires an assessment of creditworthiness; fewer data gave more wrong refusals.',
    risks: ['Wrong refusals after errors in the input.'],
    measures: ['A person confirms each refusal; applicants see and correct their data.'],
    residual: 'medium',
    assessor: 'data-protection-officer',
    validUntil: '2028-02-29',
    systems: ['credit-scoring'],
  },
  streamId: ({ dpia }) => `dpia~${dpia}`,
})

/** What is recorded about people's training, guilds, notices, suppliers and data protection. */
export const peopleEvents = [
  trainingCompleted,
  competencyReached,
  guildSessionHeld,
  transparencyNoticePublished,
  supplierAssessed,
  dataProtectionImpactAssessed,
] as const
