import { defineEvent } from '../define-event.ts'
import { attachment, concernedSystems } from '../recurring-fields.ts'
import { incidentCategories } from '../regulation/vocabulary.ts'
import { list, optional } from '../schema/containers.ts'
import { anyRef, party, ref } from '../schema/id-fields.ts'
import { flag, whole } from '../schema/number-fields.ts'
import { catalogueWord, country, freeText, text, word } from '../schema/text-fields.ts'
import { instant } from '../schema/time-fields.ts'

const incident = ref('incident', 'The incident, by the id that the sender gave it.')
const system = ref('aisystem', 'The AI system.')
const streamId = (data: { incident: string }) => data.incident
const category = (description: string) => catalogueWord(incidentCategories, description)
const severity = (description: string) => word('IncidentSeverity', ['low', 'medium', 'high', 'critical'], description)

const incidentReported = defineEvent({
  name: 'IncidentReported',
  stream: 'incident',
  evidence: ['incident'],
  description: 'An incident of one or more AI systems was reported; legal clocks run from `awareAt` (Art. 73).',
  summary: 'Incident {incident} was reported: {category}, severity {severity}, {systems#system|systems}.',
  fields: () => ({
    incident,
    title: freeText('The incident in a line.', 300),
    category: category('What kind of incident it is: the points of Art. 3(49), or a kind of our own.'),
    severity: severity('How grave it is.'),
    occurredAt: instant('When it happened or began.'),
    awareAt: instant('When the organisation became aware of it: deadlines start here.'),
    systems: list('The AI systems concerned; each must be settled before the incident can be closed.', system, { min: 1, max: 64 }),
    description: optional(freeText('What happened.')),
    memberStates: optional(list('The countries in which it happened.', country('A country.'), { max: 40 })),
    personsAffected: optional(whole('How many people are affected, as far as is known.')),
    suspectedCause: optional(
      anyRef('What is suspected: a model version, dataset, component or supplier.', [
        'model',
        'dataset',
        'component',
        'supplier',
        'aisystem',
      ]),
    ),
  }),
  rule: ['awareAt', 'expected an instant at or after occurredAt', ({ occurredAt, awareAt }) => occurredAt <= awareAt],
  example: {
    incident: 'inc-2026-014',
    title: 'Refusals in two districts rose by a third after the income feed changed its unit',
    category: 'fundamental-rights',
    severity: 'high',
    occurredAt: '2026-04-14T06:00:00.000Z',
    awareAt: '2026-04-15T08:20:00.000Z',
    systems: ['credit-scoring', 'limit-setting'],
    description: 'Incomes arrived in cents. Some 140 applicants were refused who would have been accepted.',
    memberStates: ['DE', 'AT'],
    personsAffected: 140,
    suspectedCause: 'dataset:loans@2026-04',
  },
  streamId,
})

const systemImplicated = defineEvent({
  name: 'SystemImplicated',
  stream: 'incident',
  description: 'A further AI system turned out to be concerned by an incident.',
  summary: '{system} is concerned by incident {incident}.',
  fields: () => ({ incident, system, reason: optional(freeText('Why it is concerned.')) }),
  example: { incident: 'inc-2026-014', system: 'overdraft-offers', reason: 'It reads the same income feed.' },
  streamId,
})

const systemCleared = defineEvent({
  name: 'SystemCleared',
  stream: 'incident',
  description: 'An AI system turned out not to be concerned by an incident after all.',
  summary: '{system} is not concerned by incident {incident}.',
  fields: () => ({ incident, system, reason: optional(freeText('Why it is not.')) }),
  example: { incident: 'inc-2026-014', system: 'limit-setting', reason: 'It takes incomes from the tax feed.' },
  streamId,
})

const incidentTriaged = defineEvent({
  name: 'IncidentTriaged',
  stream: 'incident',
  recordedBy: 'person',
  description: 'A person judged how grave an incident is and whether it must be reported to an authority.',
  summary: 'Incident {incident} was triaged: severity {severity}, {serious?serious in the sense of Art. 3(49):not serious}.',
  fields: () => ({
    incident,
    severity: severity('How grave it is.'),
    category: optional(category('The category, if it differs from the one reported.')),
    serious: flag('Whether it is a serious incident (Art. 3(49)) that must be reported (Art. 73).'),
    widespread: optional(flag('Whether it is a widespread infringement (Art. 3(61)).')),
    assignee: optional(party('Who leads.')),
    rationale: freeText('Why.'),
    systems: concernedSystems(),
  }),
  example: {
    incident: 'inc-2026-014',
    severity: 'high',
    serious: true,
    assignee: 'model-risk',
    rationale: 'Applicants were treated unequally; Union law that protects fundamental rights may be breached.',
    systems: ['credit-scoring'],
  },
  streamId,
})

const containmentDone = defineEvent({
  name: 'ContainmentDone',
  stream: 'incident',
  evidence: ['corrective-action'],
  description: 'The harm of an incident was contained for one AI system.',
  summary: 'Incident {incident} was contained for {system}.',
  fields: () => ({ incident, system, action: freeText('What was done.'), completedAt: optional(instant('When it took effect.')) }),
  example: { incident: 'inc-2026-014', system: 'credit-scoring', action: 'Rolled back to version 6; refusals since 14 April are held.' },
  streamId,
})

const authorityNotified = defineEvent({
  name: 'AuthorityNotified',
  stream: 'incident',
  evidence: ['incident-report', 'authority-communication'],
  description: 'An authority was notified of an incident (Art. 73; GDPR Art. 33; NIS2 Art. 23).',
  summary: '{authority} was sent the {kind} report of incident {incident}.',
  fields: () => ({
    incident,
    authority: text('The authority.'),
    country: optional(country('Its country.')),
    kind: word('NotificationKind', ['first', 'complete'], 'The first report or the complete one (Art. 73(5)).'),
    regime: optional(word('NotificationRegime', ['ai_act', 'gdpr', 'nis2', 'dora', 'other'], 'The law under which it is notified.')),
    reference: optional(text("The authority's or the sender's reference number.", 100)),
    sentAt: instant('When it was sent.'),
    document: optional(attachment('What was sent.')),
    systems: concernedSystems(),
  }),
  example: {
    incident: 'inc-2026-014',
    authority: 'Bundesnetzagentur',
    country: 'DE',
    kind: 'first',
    regime: 'ai_act',
    reference: 'KI-2026-00231',
    sentAt: '2026-04-18T14:05:00.000Z',
    systems: ['credit-scoring'],
  },
  streamId,
})

const correctiveActionDone = defineEvent({
  name: 'CorrectiveActionDone',
  stream: 'incident',
  evidence: ['corrective-action'],
  description: 'The cause of an incident was removed for one AI system: corrected, withdrawn, disabled or recalled (Art. 20).',
  summary: 'Incident {incident} was corrected for {system}: {kind}.',
  fields: () => ({
    incident,
    system,
    kind: word('CorrectiveActionKind', ['corrected', 'withdrawn', 'disabled', 'recalled'], 'What kind of action (Art. 20(1)).'),
    action: freeText('What was done.'),
    completedAt: optional(instant('When it was complete.')),
  }),
  example: {
    incident: 'inc-2026-014',
    system: 'credit-scoring',
    kind: 'corrected',
    action: 'The feed is checked for its unit; 140 applications were decided anew.',
    completedAt: '2026-04-24T16:00:00.000Z',
  },
  streamId,
})

const incidentClosed = defineEvent({
  name: 'IncidentClosed',
  stream: 'incident',
  recordedBy: 'person',
  description: 'A person closed an incident; refused while an AI system is neither corrected nor cleared.',
  summary: 'Incident {incident} was closed.',
  fields: () => ({
    incident,
    rootCause: freeText('The root cause.'),
    lessons: freeText('What was learnt and what changes.'),
    systems: concernedSystems(),
  }),
  example: {
    incident: 'inc-2026-014',
    rootCause: 'A supplier changed the unit of a field without notice, and no test looked at its range.',
    lessons: 'Ranges of all inputs are checked on arrival; suppliers announce changes 30 days ahead.',
    systems: ['credit-scoring', 'limit-setting'],
  },
  streamId,
})

/** What is recorded about an incident. */
export const incidentEvents = [
  incidentReported,
  systemImplicated,
  systemCleared,
  incidentTriaged,
  containmentDone,
  authorityNotified,
  correctiveActionDone,
  incidentClosed,
] as const
