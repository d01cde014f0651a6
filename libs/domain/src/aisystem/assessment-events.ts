import { defineEvent } from '../define-event.ts'
import { attachment } from '../recurring-fields.ts'
import { list, object, optional } from '../schema/containers.ts'
import { party, ref, slug } from '../schema/id-fields.ts'
import { number } from '../schema/number-fields.ts'
import { freeText, text, word } from '../schema/text-fields.ts'
import { date, duration } from '../schema/time-fields.ts'

const system = ref('aisystem', 'The AI system, by the id that the sender gave it.')
const streamId = (data: { system: string }) => data.system
const level = (description: string) => word('RiskLevel', ['low', 'medium', 'high', 'critical'], description)

export const riskIdentified = defineEvent({
  name: 'RiskIdentified',
  stream: 'aisystem',
  description: 'A known or foreseeable risk to health, safety or fundamental rights was identified (Art. 9(2)(a)).',
  summary: 'Risk {risk} was identified for {system}[: likelihood {likelihood}, severity {severity}].',
  fields: () => ({
    system,
    risk: slug('The id of the risk.'),
    hazard: freeText('What could go wrong, and for whom.'),
    likelihood: level('How likely it is.'),
    severity: level('How bad it would be.'),
    affectedGroups: optional(list('The groups of people it could affect.', text('A group of people.'), { max: 20 })),
    source: optional(text('Where it was found: review, test, monitoring, complaint …')),
  }),
  example: {
    system: 'credit-scoring',
    risk: 'proxy-discrimination',
    hazard: 'Postcode acts as a proxy for ethnic origin and lowers scores in some districts.',
    likelihood: 'medium',
    severity: 'high',
    affectedGroups: ['applicants in districts with a large share of immigrants'],
    source: 'bias audit',
  },
  streamId,
})

export const riskAssessed = defineEvent({
  name: 'RiskAssessed',
  stream: 'aisystem',
  evidence: ['risk-assessment'],
  description: 'A templated risk assessment of an AI system was completed (Art. 9).',
  summary: '{system} was assessed with {template}: score {score}, residual risk {residual}.',
  fields: () => ({
    system,
    template: ref('template', 'The template that was filled in.'),
    templateVersion: optional(text('The version of the template.', 64)),
    answers: list(
      'The answers, one for each question of the template.',
      object('An answer.', {
        question: slug('The id of the question.'),
        answer: text('The answer that was chosen.'),
        score: optional(number('The points it gave.')),
        note: optional(freeText('What the assessor added.')),
      }),
      { min: 1, max: 200 },
    ),
    score: number('The total score by the template.'),
    residual: level('The risk that remains after the measures in place.'),
    assessor: optional(party('Who assessed: a person id, a team or a role.')),
    validUntil: optional(date('The last day the assessment holds.')),
  }),
  example: {
    system: 'credit-scoring',
    template: 'ai-risk-basic',
    templateVersion: '3',
    answers: [
      { question: 'affects-access-to-services', answer: 'yes', score: 20 },
      { question: 'human-can-override', answer: 'always', score: 0, note: 'Loan officers see the reasons and may override each refusal.' },
    ],
    score: 46,
    residual: 'medium',
    assessor: 'model-risk',
    validUntil: '2027-03-01',
  },
  streamId,
})

export const riskTreated = defineEvent({
  name: 'RiskTreated',
  stream: 'aisystem',
  evidence: ['risk-treatment'],
  description: 'A measure against a risk was put in place (Art. 9(2)(d)).',
  summary: 'Risk {risk} of {system} was treated; the residual risk is {residual}.',
  fields: () => ({
    system,
    risk: slug('The id of the risk.'),
    measure: freeText('The measure taken.'),
    residual: level('The risk that remains.'),
    acceptedBy: optional(party('Who accepts the residual risk.')),
  }),
  example: {
    system: 'credit-scoring',
    risk: 'proxy-discrimination',
    measure: 'Postcode was replaced by the region code; selection rates are compared per district each week.',
    residual: 'low',
    acceptedBy: 'model-risk',
  },
  streamId,
})

export const oversightPlanned = defineEvent({
  name: 'OversightPlanned',
  stream: 'aisystem',
  evidence: ['human-oversight-plan'],
  description: 'Human oversight of an AI system was planned (Art. 14).',
  summary: 'Human oversight of {system} was planned with {measures#measure|measures}.',
  fields: () => ({
    system,
    measures: list('The oversight measures.', freeText('A measure.'), { min: 1, max: 30 }),
    roles: list('Who oversees: roles or teams.', party('A role, a team or a person id.'), { min: 1, max: 20 }),
    stopProcedure: freeText('How the system is interrupted or stopped (Art. 14(4)(e)).'),
    document: optional(attachment('The oversight plan.')),
    validUntil: optional(date('The last day the plan holds.')),
  }),
  example: {
    system: 'credit-scoring',
    measures: ['A loan officer confirms every refusal.', 'Scores between 0.60 and 0.66 go to a second officer.'],
    roles: ['loan-officers', 'credit-risk-models'],
    stopProcedure: 'The shift lead switches to manual decision in the loan desk; scoring stops within a minute.',
    validUntil: '2027-03-01',
  },
  streamId,
})

export const rightsImpactAssessed = defineEvent({
  name: 'RightsImpactAssessed',
  stream: 'aisystem',
  evidence: ['fria'],
  description: 'The impact on fundamental rights was assessed before use (Art. 27).',
  summary: 'The fundamental rights impact of {system} was assessed[; valid until {validUntil}].',
  fields: () => ({
    system,
    processes: freeText('The processes in which the system is used (Art. 27(1)(a)).'),
    usePeriod: text('For how long and how often it is used (Art. 27(1)(b)).'),
    affectedGroups: list('The people and groups likely to be affected (Art. 27(1)(c)).', text('A group of people.'), { min: 1, max: 30 }),
    harms: list('The specific risks of harm to them (Art. 27(1)(d)).', freeText('A risk of harm.'), { min: 1, max: 30 }),
    oversight: freeText('The human oversight measures (Art. 27(1)(e)).'),
    remedies: freeText('What is done when the risks materialise: governance and complaints (Art. 27(1)(f)).'),
    reviewEvery: optional(duration('After how long it is looked at again.')),
    notifiedOn: optional(date('The day the market surveillance authority was notified (Art. 27(3)).')),
    validUntil: optional(date('The last day the assessment holds.')),
    document: optional(attachment('The assessment.')),
  }),
  example: {
    system: 'credit-scoring',
    processes: 'Decision on consumer loans up to 50,000 EUR in branches and online.',
    usePeriod: 'Daily, from April 2026 on.',
    affectedGroups: ['applicants for consumer loans'],
    harms: ['Unjustified refusal of a loan.', 'Unequal treatment by origin or gender.'],
    oversight: 'A loan officer confirms every refusal.',
    remedies: 'Complaints desk; a second officer decides anew within five days.',
    reviewEvery: 'P1Y',
    notifiedOn: '2026-03-20',
  },
  streamId,
})
