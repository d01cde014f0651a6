import { defineEvent } from '../define-event.ts'
import { roles } from '../roles.ts'
import { optional } from '../schema/containers.ts'
import { dataSubject, personId } from '../schema/id-fields.ts'
import { freeText, personal, personalName, word } from '../schema/text-fields.ts'
import { instant } from '../schema/time-fields.ts'

/** A person's events carry no references: people must not be traceable in public. */
const person = personId('The person.')
const subject = optional(dataSubject('The data subject that stands for this person: erasing it erases the profile.'))
const streamId = (data: { person: string }) => data.person

const personInvited = defineEvent({
  name: 'PersonInvited',
  stream: 'person',
  recordedBy: 'annal',
  description: 'A person was invited.',
  summary: '{person} was invited[ as {role}].',
  fields: () => ({
    person,
    email: personal('Where the invitation went.', 254),
    role: optional(word('MemberRole', roles, 'The role that waits.')),
    expiresAt: instant('Until when the invitation can be used.'),
    subject,
  }),
  example: {
    person: 'per_3f8a1c',
    email: 'lucja.nowak@bank.example',
    role: 'approver',
    expiresAt: '2026-02-08T09:00:00.000Z',
    subject: 'sub_9d2e',
  },
  streamId,
})

const personProfileSet = defineEvent({
  name: 'PersonProfileSet',
  stream: 'person',
  recordedBy: 'annal',
  description: 'The name and address of a person; the only place where they stand.',
  summary: 'The profile of {person} was set.',
  fields: () => ({
    person,
    name: personalName('The name.'),
    email: optional(personal('The e-mail address.', 254)),
    title: optional(personalName('The job title.')),
    subject,
  }),
  example: {
    person: 'per_3f8a1c',
    name: 'Łucja Nowak',
    email: 'lucja.nowak@bank.example',
    title: 'Head of model risk',
    subject: 'sub_9d2e',
  },
  streamId,
})

const personDeactivated = defineEvent({
  name: 'PersonDeactivated',
  stream: 'person',
  recordedBy: 'annal',
  description: 'A person can no longer sign in.',
  summary: '{person} was deactivated.',
  fields: () => ({ person, reason: optional(freeText('Why.')), subject }),
  example: { person: 'per_3f8a1c', reason: 'Left the bank.', subject: 'sub_9d2e' },
  streamId,
})

const signedIn = defineEvent({
  name: 'SignedIn',
  stream: 'person',
  recordedBy: 'annal',
  description: 'A person signed in.',
  summary: '{person} signed in by {method}.',
  fields: () => ({
    person,
    method: word('SignInMethod', ['link', 'oidc'], 'How.'),
    address: optional(personal('The network address it came from.', 64)),
    subject,
  }),
  example: { person: 'per_3f8a1c', method: 'link' },
  streamId,
})

const signInRefused = defineEvent({
  name: 'SignInRefused',
  stream: 'person',
  recordedBy: 'annal',
  description: 'A sign-in was refused.',
  summary: 'A sign-in[ of {person}] by {method} was refused: {because}.',
  fields: () => ({
    person: optional(personId('The person, if it is known who tried.')),
    method: word('SignInMethod', ['link', 'oidc'], 'How.'),
    because: word('SignInRefusalCause', ['expired', 'used', 'unknown', 'deactivated', 'no_role', 'provider_refused'], 'Why.'),
    address: optional(personal('The network address it came from.', 64)),
    subject,
  }),
  example: { person: 'per_3f8a1c', method: 'link', because: 'expired' },
  streamId: (data) => data.person ?? 'unknown',
})

/** What is recorded about the people who use the ledger. */
export const personEvents = [personInvited, personProfileSet, personDeactivated, signedIn, signInRefused] as const
