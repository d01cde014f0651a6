import { defineEvent } from '../define-event.ts'
import { list, optional } from '../schema/containers.ts'
import { eventRef, ref, slug, subjectId } from '../schema/id-fields.ts'
import { whole } from '../schema/number-fields.ts'
import { freeText, pointer, word } from '../schema/text-fields.ts'
import { date } from '../schema/time-fields.ts'

/** Streams of data subjects carry no references and no public tokens: people must not be traceable in public. */
const NOBODY = 'none'

const erasureRequested = defineEvent({
  name: 'ErasureRequested',
  stream: 'subject',
  description: 'A person asked for the erasure of their data (GDPR Art. 17); an answer is due within a month (Art. 12(3)).',
  summary: 'Erasure of data subject {subject} was asked for on {requestedOn}, an answer is due on {due}.',
  fields: () => ({
    subject: subjectId('The data subject.'),
    requestedOn: date('The day the person asked.'),
    due: date('The last day for an answer.'),
    note: optional(freeText('What the person asked for.')),
  }),
  example: { subject: 'sub_77aa41c9', requestedOn: '2026-05-02', due: '2026-06-02', note: 'Asked by letter.' },
  streamId: ({ subject }) => subject,
})

const erasureRefused = defineEvent({
  name: 'ErasureRefused',
  stream: 'subject',
  recordedBy: 'person',
  description: 'A request for erasure was refused (GDPR Art. 17(3)); the person is told why (Art. 12(4)).',
  summary: 'Erasure of data subject {subject} was refused on the ground {ground}.',
  fields: () => ({
    subject: subjectId('The data subject.'),
    ground: word(
      'ErasureRefusalGround',
      ['expression', 'legal_obligation', 'public_health', 'archiving', 'legal_claims', 'manifestly_unfounded'],
      'The ground of Art. 17(3), or Art. 12(5) for what is manifestly unfounded.',
    ),
    reason: freeText('What decided it.'),
  }),
  example: { subject: 'sub_77aa41c9', ground: 'legal_claims', reason: 'A claim about the refused loan is before the court.' },
  streamId: ({ subject }) => subject,
})

const subjectErased = defineEvent({
  name: 'SubjectErased',
  stream: 'subject',
  recordedBy: 'annal',
  decision: true,
  description: "A data subject's keys were destroyed (GDPR Art. 17): what is personal is gone, the history stays.",
  summary: 'Data subject {subject} was erased on the ground {ground}.',
  fields: () => ({
    subject: subjectId('The data subject.'),
    ground: word(
      'ErasureGround',
      ['request', 'consent_withdrawn', 'objection', 'unlawful', 'legal_obligation', 'no_longer_needed'],
      'The ground of Art. 17(1).',
    ),
    requestedOn: optional(date('The day the person asked.')),
    recipients: optional(list('The packs handed out that name the subject (Art. 19).', ref('pack', 'A pack.'), { max: 100 })),
    reason: optional(freeText('What decided it.')),
  }),
  example: {
    subject: 'sub_77aa41c9',
    ground: 'request',
    requestedOn: '2026-05-02',
    reason: 'The customer left and asked for erasure; no hold stands.',
  },
  streamId: ({ subject }) => subject,
})

const fieldRedacted = defineEvent({
  name: 'FieldRedacted',
  stream: 'subject',
  recordedBy: 'annal',
  decision: true,
  description: 'The key of one encrypted field was destroyed.',
  summary: 'The field {path} of an event was redacted.',
  fields: () => ({
    event: eventRef('The event.'),
    path: pointer('The field, as a JSON Pointer into the data of the event.'),
    subject: optional(subjectId('The data subject that the field belongs to, if it belongs to one.')),
    reason: freeText('Why.'),
  }),
  example: {
    event: 'ws_k7m2q9x4t1.approval-cs-release-7/0192f3c4-0000-7000-8000-000000000005',
    path: '/reason',
    reason: 'The text names a customer by mistake.',
  },
  streamId: ({ subject }) => subject ?? NOBODY,
})

const payloadExpired = defineEvent({
  name: 'PayloadExpired',
  stream: 'subject',
  recordedBy: 'annal',
  description: 'Encrypted fields reached the end of their retention; their keys were destroyed.',
  summary: '{events#event|events} reached the end of retention under rule {rule}.',
  fields: () => ({
    rule: slug('The retention rule.'),
    events: list('The events.', eventRef('An event.'), { min: 1, max: 500 }),
    fields: optional(whole('How many fields went.')),
  }),
  example: {
    rule: 'scoring-log-5y',
    events: ['ws_k7m2q9x4t1.decision-credit-scoring~2026-03-04~b/0192f3c4-0000-7000-8000-000000000006'],
    fields: 2,
  },
  streamId: ({ rule }) => `rule~${rule}`,
})

const hold = slug('The id of the legal hold.')

const legalHoldPlaced = defineEvent({
  name: 'LegalHoldPlaced',
  stream: 'subject',
  recordedBy: 'person',
  description: 'A legal hold forbids erasure, redaction and expiry until it is released (GDPR Art. 17(3)).',
  summary: 'Legal hold {hold} was placed[ on data subject {subject}].',
  fields: () => ({
    hold,
    subject: optional(subjectId('The data subject it protects the data of; absent: everything in `systems`.')),
    systems: optional(
      list('The systems whose events it covers, by id; a hold is not public, so they are no references.', slug('A system.'), { max: 64 }),
    ),
    matter: freeText('The matter: the claim, inquiry or order.'),
    reviewOn: optional(date('The day it is looked at again.')),
  }),
  rule: [
    'subject',
    'expected a subject or systems',
    ({ subject, systems }) => subject !== undefined || (systems !== undefined && systems.length > 0),
  ],
  example: {
    hold: 'hold-2026-3',
    subject: 'sub_77aa41c9',
    matter: 'Claim before the district court about a refused loan.',
    reviewOn: '2026-12-01',
  },
  streamId: ({ hold, subject }) => subject ?? `hold~${hold}`,
})

const legalHoldReleased = defineEvent({
  name: 'LegalHoldReleased',
  stream: 'subject',
  recordedBy: 'person',
  description: 'A legal hold was released.',
  summary: 'Legal hold {hold} was released.',
  fields: () => ({
    hold,
    subject: optional(subjectId('The data subject named when it was placed.')),
    reason: freeText('Why it is no longer needed.'),
  }),
  example: { hold: 'hold-2026-3', subject: 'sub_77aa41c9', reason: 'The claim was withdrawn.' },
  streamId: ({ hold, subject }) => subject ?? `hold~${hold}`,
})

/** What is recorded about the data of data subjects. */
export const subjectEvents = [
  erasureRequested,
  erasureRefused,
  subjectErased,
  fieldRedacted,
  payloadExpired,
  legalHoldPlaced,
  legalHoldReleased,
] as const
