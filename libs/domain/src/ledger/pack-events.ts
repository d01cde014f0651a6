import { defineEvent } from '../define-event.ts'
import { period } from '../recurring-fields.ts'
import { roles } from '../roles.ts'
import { list, object, optional } from '../schema/containers.ts'
import { anyRef, personId, ref } from '../schema/id-fields.ts'
import { flag, largeWhole } from '../schema/number-fields.ts'
import { freeText, sha256, word } from '../schema/text-fields.ts'
import { instant } from '../schema/time-fields.ts'

const pack = ref('pack', 'The evidence pack.')
const streamId = (data: { pack: string }) => `pack~${data.pack}`

export const evidencePackExported = defineEvent({
  name: 'EvidencePackExported',
  stream: 'ledger',
  recordedBy: 'annal',
  description: 'An evidence pack was made.',
  summary: 'The evidence pack {pack} was exported: {events} events at tree size {treeSize}.',
  fields: () => ({
    pack,
    scope: object('What it covers.', {
      kind: word(
        'PackScope',
        ['system', 'incident', 'model', 'workspace', 'period', 'filter'],
        'The kind of scope; completeness is not claimed for a filter.',
      ),
      thing: optional(anyRef('The system, model or incident.', ['aisystem', 'incident', 'model'])),
      period: optional(period('The period.')),
    }),
    requester: personId('Who asked for it.'),
    purpose: freeText('What it is for.'),
    treeSize: largeWhole('The size of the tree that it is proven against.'),
    events: largeWhole('How many events it holds.'),
    sha256: sha256('SHA-256 of the file.'),
    withNames: optional(flag('Whether it discloses the profiles of people.')),
  }),
  example: {
    pack: 'pack-2026-05-credit-scoring',
    scope: { kind: 'system', thing: 'aisystem:credit-scoring' },
    requester: 'per_3f8a1c',
    purpose: 'Request of the market surveillance authority of 4 May.',
    treeSize: 48211,
    events: 3120,
    sha256: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
  },
  streamId,
})

export const packShared = defineEvent({
  name: 'PackShared',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'An evidence pack was made available to a role or a person until a date.',
  summary: 'The evidence pack {pack} was shared[ with {person}][ with the role {role}] until {until}.',
  fields: () => ({
    pack,
    person: optional(personId('With whom.')),
    role: optional(word('MemberRole', roles, 'With which role.')),
    until: instant('Until when.'),
    reason: optional(freeText('Why.')),
  }),
  rule: ['person', 'expected a person or a role', ({ person, role }) => person !== undefined || role !== undefined],
  example: { pack: 'pack-2026-05-credit-scoring', role: 'regulator', until: '2026-08-04T22:00:00.000Z' },
  streamId,
})

export const packShareRevoked = defineEvent({
  name: 'PackShareRevoked',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'An evidence pack is no longer available to a role or a person; copies handed out stay.',
  summary: 'Sharing of the evidence pack {pack} was revoked.',
  fields: () => ({
    pack,
    person: optional(personId('For whom.')),
    role: optional(word('MemberRole', roles, 'For which role.')),
    reason: optional(freeText('Why.')),
  }),
  example: { pack: 'pack-2026-05-credit-scoring', role: 'regulator', reason: 'The inquiry is over.' },
  streamId,
})

export const packDownloaded = defineEvent({
  name: 'PackDownloaded',
  stream: 'ledger',
  recordedBy: 'annal',
  description: 'An evidence pack was downloaded.',
  summary: 'The evidence pack {pack} was downloaded by {person}.',
  fields: () => ({ pack, person: personId('Who downloaded it.'), sha256: sha256('SHA-256 of the file.') }),
  example: {
    pack: 'pack-2026-05-credit-scoring',
    person: 'per_77e0b2',
    sha256: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
  },
  streamId,
})

export const personalDataDisclosed = defineEvent({
  name: 'PersonalDataDisclosed',
  stream: 'ledger',
  recordedBy: 'annal',
  description: 'Names or other personal data were disclosed outside, and why.',
  summary: 'Personal data was disclosed with {pack}, and the profiles of {people#person|people}.',
  fields: () => ({
    pack,
    people: list('Whose profiles were disclosed.', personId('A person.'), { max: 500 }),
    recipient: freeText('To whom.', 300),
    purpose: freeText('What for.'),
  }),
  example: {
    pack: 'pack-2026-05-credit-scoring',
    people: ['per_3f8a1c', 'per_91bd07'],
    recipient: 'Market surveillance authority',
    purpose: 'To name who approved the release.',
  },
  streamId,
})
