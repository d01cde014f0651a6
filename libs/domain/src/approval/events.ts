import { defineEvent } from '../define-event.ts'
import { concernedSystems, governedThing } from '../recurring-fields.ts'
import { list, optional } from '../schema/containers.ts'
import { eventRef, personId, ref } from '../schema/id-fields.ts'
import { streamVersion, whole } from '../schema/number-fields.ts'
import { freeText, word } from '../schema/text-fields.ts'
import { instant } from '../schema/time-fields.ts'

const approval = ref('approval', 'The approval, by the id that the requester gave it.')
const subject = governedThing('What is to be approved, as requested: model:cs@7.')
const systems = concernedSystems()
const streamId = (data: { approval: string }) => data.approval
const subjectVersion = streamVersion(
  "The stream version of the thing's stream that the approval refers to: what was known when it was asked for.",
)

const approvalRequested = defineEvent({
  name: 'ApprovalRequested',
  stream: 'approval',
  description: 'Approval of one thing, in one version, at one state of knowledge, was asked for.',
  summary:
    'Approval {approval} of {subject} was requested[ for the gate {gate}]: {quorum} of {approvers#approver|approvers} until {expiresAt}.',
  fields: () => ({
    approval,
    subject,
    subjectVersion,
    gate: optional(ref('gate', 'The gate that asks for it.')),
    quorum: whole('How many of the approvers must approve.', { min: 1, max: 20 }),
    approvers: list('Who may approve.', personId('A person.'), { min: 1, max: 50 }),
    expiresAt: instant('Until when it can be given, and until when it is in force.'),
    requester: optional(personId('The person on whose behalf a service asks; like the requester, that person can never approve.')),
    reason: optional(freeText('Why it is asked for.')),
    systems,
  }),
  rule: ['quorum', 'expected at most as many as there are approvers', ({ quorum, approvers }) => quorum <= new Set(approvers).size],
  example: {
    approval: 'cs-release-7',
    subject: 'model:cs@7',
    subjectVersion: 12,
    gate: 'release',
    quorum: 2,
    approvers: ['per_3f8a1c', 'per_91bd07', 'per_c44e2a'],
    expiresAt: '2026-03-31T22:00:00.000Z',
    requester: 'per_5510ee',
    reason: 'Version 7 passed all tests; the canary is to start on Monday.',
    systems: ['credit-scoring'],
  },
  streamId,
})

const approvalGiven = defineEvent({
  name: 'ApprovalGiven',
  stream: 'approval',
  recordedBy: 'person',
  description: 'One of the named approvers approved.',
  summary: 'An approver approved {subject} ({approval}).',
  fields: () => ({ approval, subject, reason: optional(freeText('What decided it, and on what conditions.')), systems }),
  example: {
    approval: 'cs-release-7',
    subject: 'model:cs@7',
    reason: 'Bias audit of 3 March accepted; re-check after retraining.',
    systems: ['credit-scoring'],
  },
  streamId,
})

const approvalRefused = defineEvent({
  name: 'ApprovalRefused',
  stream: 'approval',
  recordedBy: 'person',
  description: 'One of the named approvers refused; the request is over.',
  summary: 'An approver refused {subject} ({approval}).',
  fields: () => ({ approval, subject, reason: freeText('Why.'), systems }),
  example: { approval: 'cs-release-7', subject: 'model:cs@7', reason: 'The audit by age is missing.', systems: ['credit-scoring'] },
  streamId,
})

const approvalWithdrawn = defineEvent({
  name: 'ApprovalWithdrawn',
  stream: 'approval',
  recordedBy: 'person',
  description: 'The requester took the request back, or an approver took a granted approval back.',
  summary: 'The approval {approval} of {subject} was withdrawn.',
  fields: () => ({ approval, subject, reason: freeText('Why.'), systems }),
  example: { approval: 'cs-release-7', subject: 'model:cs@7', reason: 'The release was moved to version 8.', systems: ['credit-scoring'] },
  streamId,
})

const approvalGranted = defineEvent({
  name: 'ApprovalGranted',
  stream: 'approval',
  recordedBy: 'annal',
  evidence: ['approval'],
  description: 'The quorum was reached: the approval is in force until it expires or its subject changes materially.',
  summary: 'Approval {approval} of {subject} was granted by {approvers#person|people} until {expiresAt}.',
  fields: () => ({
    approval,
    subject,
    subjectVersion,
    gate: optional(ref('gate', 'The gate that asked for it.')),
    approvers: list('Who approved.', personId('A person.'), { min: 1, max: 50 }),
    expiresAt: instant('Until when it is in force.'),
    systems,
  }),
  example: {
    approval: 'cs-release-7',
    subject: 'model:cs@7',
    subjectVersion: 12,
    gate: 'release',
    approvers: ['per_3f8a1c', 'per_91bd07'],
    expiresAt: '2026-03-31T22:00:00.000Z',
    systems: ['credit-scoring'],
  },
  streamId,
})

const approvalLapsed = defineEvent({
  name: 'ApprovalLapsed',
  stream: 'approval',
  recordedBy: 'annal',
  description: 'Reports that an approval is no longer in force: it expired, or what it was about changed materially.',
  summary: 'Approval {approval} of {subject} lapsed: {because}.',
  fields: () => ({
    approval,
    subject,
    because: word('LapseCause', ['expired', 'subject_changed'], 'Why it is no longer in force.'),
    cause: optional(eventRef('The event that changed its subject.')),
    systems,
  }),
  example: {
    approval: 'cs-release-7',
    subject: 'model:cs@7',
    because: 'subject_changed',
    cause: 'ws_k7m2q9x4t1.aisystem-credit-scoring/0192f3c4-0000-7000-8000-0000000000a1',
    systems: ['credit-scoring'],
  },
  streamId,
})

/** What is recorded about an approval. */
export const approvalEvents = [
  approvalRequested,
  approvalGiven,
  approvalRefused,
  approvalWithdrawn,
  approvalGranted,
  approvalLapsed,
] as const
