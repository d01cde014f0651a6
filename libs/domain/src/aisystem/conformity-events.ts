import { defineEvent } from '../define-event.ts'
import { attachment, period } from '../recurring-fields.ts'
import { list, object, optional } from '../schema/containers.ts'
import { eventRef, party, ref, slug } from '../schema/id-fields.ts'
import { flag } from '../schema/number-fields.ts'
import { freeText, text, uri, word } from '../schema/text-fields.ts'
import { date, duration } from '../schema/time-fields.ts'

const system = ref('aisystem', 'The AI system, by the id that the sender gave it.')
const streamId = (data: { system: string }) => data.system

export const conformityAssessed = defineEvent({
  name: 'ConformityAssessed',
  stream: 'aisystem',
  evidence: ['conformity-assessment'],
  description: 'Conformity of a high-risk AI system was assessed (Art. 43).',
  summary: 'Conformity of {system} was assessed by {procedure}: {passed?conforms:does not conform}.',
  fields: () => ({
    system,
    procedure: word(
      'ConformityProcedure',
      ['internal_control', 'notified_body', 'product_legislation'],
      'Annex VI, Annex VII, or the product law of Annex I.',
    ),
    passed: flag('Whether the system conforms.'),
    notifiedBody: optional(text('The number of the notified body.', 40)),
    certificate: optional(text('The number of the certificate.', 80)),
    standards: optional(list('The harmonised standards or common specifications applied (Art. 40, 41).', text('A standard.'), { max: 30 })),
    findings: optional(freeText('What was found.')),
    validUntil: optional(date('The last day the certificate is valid.')),
    document: optional(attachment('The report or certificate.')),
  }),
  example: {
    system: 'credit-scoring',
    procedure: 'internal_control',
    passed: true,
    standards: ['EN ISO/IEC 42001:2025'],
    validUntil: '2030-03-15',
  },
  streamId,
})

export const declarationIssued = defineEvent({
  name: 'DeclarationIssued',
  stream: 'aisystem',
  evidence: ['declaration'],
  description: 'The EU declaration of conformity was signed and the CE marking affixed (Art. 47, 48).',
  summary: 'The EU declaration of conformity {declaration} of {system} was issued on {issuedOn}.',
  fields: () => ({
    system,
    declaration: slug('The id of the declaration.'),
    issuedOn: date('The day it was signed.'),
    signatory: party('Who signed: a role or a person id.'),
    ceMarking: optional(word('CeMarking', ['digital', 'physical', 'packaging', 'documentation'], 'Where the CE marking stands (Art. 48).')),
    document: optional(attachment('The signed declaration (Annex V).')),
  }),
  example: {
    system: 'credit-scoring',
    declaration: 'doc-cs-2026-1',
    issuedOn: '2026-03-18',
    signatory: 'head-of-retail-credit',
    ceMarking: 'digital',
  },
  streamId,
})

export const registeredInEuDatabase = defineEvent({
  name: 'RegisteredInEuDatabase',
  stream: 'aisystem',
  evidence: ['registration'],
  description: 'An AI system was entered in the EU or the national database (Art. 49).',
  summary: '{system} was registered in the {database} database, Annex VIII section {section}.',
  fields: () => ({
    system,
    database: word(
      'RegistrationDatabase',
      ['eu', 'national'],
      'Which database (Art. 49(5): critical infrastructure is registered nationally).',
    ),
    section: word('AnnexEightSection', ['A', 'B', 'C'], 'The section of Annex VIII whose items were given.'),
    items: list(
      'The items of that section as they were entered.',
      object('An item.', { item: slug('The item, such as annex-viii.a.4.'), value: freeText('What was entered.') }),
      { min: 1, max: 30 },
    ),
    entryUri: optional(uri('The address of the entry.')),
    registeredOn: date('The day of the entry or update.'),
    restricted: optional(flag('Whether it is in the non-public section (Art. 49(4)).')),
  }),
  example: {
    system: 'credit-scoring',
    database: 'eu',
    section: 'A',
    items: [
      { item: 'annex-viii.a.4', value: 'Credit scoring' },
      { item: 'annex-viii.a.5', value: 'Estimates the creditworthiness of natural persons who apply for consumer loans.' },
    ],
    registeredOn: '2026-03-22',
  },
  streamId,
})

export const monitoringPlanned = defineEvent({
  name: 'MonitoringPlanned',
  stream: 'aisystem',
  evidence: ['post-market-monitoring-plan'],
  description: 'Post-market monitoring of an AI system was planned (Art. 72).',
  summary: 'Post-market monitoring of {system} was planned: {indicators#indicator|indicators}, every {frequency}.',
  fields: () => ({
    system,
    indicators: list('What is watched.', text('An indicator.'), { min: 1, max: 50 }),
    sources: list('Where the figures come from.', text('A source.'), { min: 1, max: 30 }),
    frequency: duration('How often a report is made.'),
    document: optional(attachment('The plan.')),
    validUntil: optional(date('The last day the plan holds.')),
  }),
  example: {
    system: 'credit-scoring',
    indicators: ['share of overridden refusals', 'selection rate by gender', 'complaints'],
    sources: ['decision log', 'complaints desk'],
    frequency: 'P1M',
  },
  streamId,
})

export const monitoringReported = defineEvent({
  name: 'MonitoringReported',
  stream: 'aisystem',
  evidence: ['monitoring-report'],
  description: 'A report of post-market monitoring for a period was made (Art. 72).',
  summary: 'Monitoring of {system} from {period.from} to {period.until} was reported: {passed?as expected:with findings}.',
  fields: () => ({
    system,
    period: period('The period reported on.'),
    passed: flag('Whether all indicators stayed within their bounds.'),
    indicators: list(
      'The indicators and their values.',
      object('An indicator.', {
        name: text('Its name.'),
        value: text('Its value with the unit.'),
        withinBounds: flag('Whether it stayed within its bounds.'),
      }),
      { min: 1, max: 50 },
    ),
    findings: optional(freeText('What was found.')),
    document: optional(attachment('The report.')),
  }),
  example: {
    system: 'credit-scoring',
    period: { from: '2026-04-01T00:00:00.000Z', until: '2026-05-01T00:00:00.000Z' },
    passed: true,
    indicators: [{ name: 'share of overridden refusals', value: '3.1 %', withinBounds: true }],
  },
  streamId,
})

const obligation = slug('The obligation in the regulation catalogue, such as art-14.1.')

export const evidenceAccepted = defineEvent({
  name: 'EvidenceAccepted',
  stream: 'aisystem',
  recordedBy: 'person',
  description: 'A person accepted an event as evidence for an obligation: from evidenced it becomes met.',
  summary: 'Evidence for {obligation} of {system} was accepted[ until {until}].',
  fields: () => ({
    system,
    event: eventRef('The event that is the evidence.'),
    obligation,
    until: optional(date('The last day it is accepted for.')),
    note: optional(freeText('What the reviewer adds.')),
  }),
  example: {
    system: 'credit-scoring',
    event: 'ws_k7m2q9x4t1.model-cs/0192f3c4-0000-7000-8000-000000000003',
    obligation: 'art-10.2.f',
    note: 'The groups are large enough and the threshold is the one that was agreed.',
  },
  streamId,
})

export const evidenceRejected = defineEvent({
  name: 'EvidenceRejected',
  stream: 'aisystem',
  recordedBy: 'person',
  description: 'A person rejected an event as evidence for an obligation.',
  summary: 'Evidence for {obligation} of {system} was rejected.',
  fields: () => ({
    system,
    event: eventRef('The event that was offered as evidence.'),
    obligation,
    reason: freeText('Why it does not do.'),
  }),
  example: {
    system: 'credit-scoring',
    event: 'ws_k7m2q9x4t1.model-cs/0192f3c4-0000-7000-8000-000000000003',
    obligation: 'art-10.2.g',
    reason: 'It shows that bias was examined, not what was done about it.',
  },
  streamId,
})

export const obligationWaived = defineEvent({
  name: 'ObligationWaived',
  stream: 'aisystem',
  recordedBy: 'person',
  description: 'A person accepted the risk of an open obligation for a limited time.',
  summary: '{obligation} was waived for {system} until {until}.',
  fields: () => ({ system, obligation, until: date('The last day of the waiver.'), reason: freeText('Why it can be waived that long.') }),
  example: {
    system: 'credit-scoring',
    obligation: 'art-27.1',
    until: '2026-06-30',
    reason: 'Not yet in use on natural persons; the assessment is due before the pilot ends.',
  },
  streamId,
})

export const readinessItemSettled = defineEvent({
  name: 'ReadinessItemSettled',
  stream: 'aisystem',
  recordedBy: 'person',
  description: 'A person settled an item of the production readiness checklist.',
  summary: 'Readiness of {system}: {item} ({list}) is {outcome}.',
  fields: () => ({
    system,
    list: word('ReadinessList', ['technical', 'operational', 'business', 'governance'], 'The list that the item stands in.'),
    item: slug('The item, such as runbooks or ethics-review.'),
    outcome: word('ReadinessOutcome', ['met', 'waived'], 'Whether it is met or does not need to be.'),
    reason: freeText('What shows it, or why it is waived.'),
    evidence: optional(eventRef('The event that shows it.')),
  }),
  example: {
    system: 'credit-scoring',
    list: 'operational',
    item: 'runbooks',
    outcome: 'met',
    reason: 'Runbooks for outage, rollback and drift were rehearsed on 12 March.',
  },
  streamId,
})
