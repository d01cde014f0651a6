import { defineEvent } from '../define-event.ts'
import { list, object, optional } from '../schema/containers.ts'
import { slug } from '../schema/id-fields.ts'
import { largeWhole, whole } from '../schema/number-fields.ts'
import { base64, freeText, sha256, text, uri, word } from '../schema/text-fields.ts'
import { instant } from '../schema/time-fields.ts'

const verifierKey = text('The public key in the form of a signed note: name+hash+base64.', 300)

export const signingKeyIntroduced = defineEvent({
  name: 'SigningKeyIntroduced',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'A key that signs tree heads was introduced.',
  summary: 'The signing key {keyName} was introduced.',
  fields: () => ({
    keyName: text('The name of the key, as signed notes carry it.', 200),
    algorithm: word('SigningAlgorithm', ['ed25519'], 'The algorithm.'),
    verifierKey,
    validFrom: instant('From when heads are signed with it.'),
    replaces: optional(verifierKey),
  }),
  example: {
    keyName: 'ledger.example/log/v1/ws_k7m2q9x4t1',
    algorithm: 'ed25519',
    verifierKey: 'ledger.example/log/v1/ws_k7m2q9x4t1+603c4999+AfZDjn2chO5RbEky3JF7QThhxUhvkZL9DMAR9/caF1DD',
    validFrom: '2026-01-01T00:00:00.000Z',
  },
  streamId: () => 'keys',
})

export const signingKeyRetired = defineEvent({
  name: 'SigningKeyRetired',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'A signing key is no longer used; heads that it signed stay valid.',
  summary: 'The signing key {keyName} was retired: {because}.',
  fields: () => ({
    keyName: text('The name of the key.', 200),
    verifierKey,
    lastUsed: optional(instant('When it signed last.')),
    because: word('KeyRetirementCause', ['rotated', 'compromised', 'lost'], 'Why.'),
    reason: optional(freeText('More about why.')),
  }),
  example: {
    keyName: 'ledger.example/log/v1/ws_k7m2q9x4t1',
    verifierKey: 'ledger.example/log/v1/ws_k7m2q9x4t1+603c4999+AfZDjn2chO5RbEky3JF7QThhxUhvkZL9DMAR9/caF1DD',
    because: 'rotated',
  },
  streamId: () => 'keys',
})

export const witnessPolicySet = defineEvent({
  name: 'WitnessPolicySet',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'Which witnesses must cosign tree heads, and how many of them.',
  summary: '{quorum} of {witnesses#witness|witnesses} must cosign.',
  fields: () => ({
    witnesses: list(
      'The witnesses.',
      object('A witness.', { name: text('Its name.'), verifierKey, url: uri('Where it takes checkpoints.') }),
      { max: 30 },
    ),
    quorum: whole('How many must cosign.', { max: 30 }),
    reason: optional(freeText('Why.')),
  }),
  rule: ['quorum', 'expected at most as many as there are witnesses', ({ witnesses, quorum }) => quorum <= witnesses.length],
  example: {
    witnesses: [
      {
        name: 'witness.example',
        verifierKey: 'witness.example+7a1b2c3d+BGF1c3RyYWxpYW4gd2l0bmVzcyBrZXkgZm9yIHRlc3Rz',
        url: 'https://witness.example/add-checkpoint',
      },
    ],
    quorum: 1,
  },
  streamId: () => 'witnesses',
})

const headFields = {
  origin: text('The origin of the log.', 200),
  size: largeWhole('The size of the tree.'),
  root: base64('The root of the tree.'),
}
const HEAD = { origin: 'ledger.example/log/v1/ws_k7m2q9x4t1', size: 48211, root: '+O76OAkSffYCRAqEtfa5iB0VNtKdEFqpRYkdwgqe81o=' }

export const logForkFound = defineEvent({
  name: 'LogForkFound',
  stream: 'ledger',
  recordedBy: 'annal',
  description: 'A signed tree head was found that the record does not extend: the log is closed.',
  summary: 'A fork of the log {origin} was found at size {size}.',
  fields: () => ({
    ...headFields,
    otherRoot: optional(base64('The other root of that size.')),
    foundIn: word('ForkSource', ['head_store', 'publish_folder', 'witness', 'pack'], 'Where the other head was found.'),
    note: optional(freeText('What else is known.')),
  }),
  example: { ...HEAD, otherRoot: '6w+CHSTY2eYGJViHNlobjxn7ZALg3Kx9wiZkO16aRfk=', foundIn: 'witness' },
  streamId: () => 'log',
})

export const logContinued = defineEvent({
  name: 'LogContinued',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'An administrator continued a closed log under a new origin; the break stays visible.',
  summary: 'The log {origin} was continued as {newOrigin} after size {size}.',
  fields: () => ({ ...headFields, newOrigin: text('The new origin.', 200), reason: freeText('Why the log went back.') }),
  example: {
    ...HEAD,
    newOrigin: 'ledger.example/log/v1/ws_k7m2q9x4t1~2',
    reason: 'The store was restored from the backup of 3 May; 211 events are lost.',
  },
  streamId: () => 'log',
})

export const webhookConfigured = defineEvent({
  name: 'WebhookConfigured',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'A webhook was set up, changed or switched off.',
  summary: 'The webhook {webhook} was {state}.',
  fields: () => ({
    webhook: slug('The webhook.'),
    url: uri('Where events are sent.'),
    state: word('WebhookState', ['enabled', 'disabled', 'removed'], 'What it is now.'),
    types: optional(list('The event types it gets; absent: all.', text('An event type.', 60), { max: 200 })),
    keyId: optional(slug('The id of the key that signs deliveries, never the key.')),
  }),
  example: {
    webhook: 'risk-desk',
    url: 'https://desk.bank.example/hooks/annal',
    state: 'enabled',
    types: ['IncidentReported', 'ViolationRecorded'],
    keyId: 'whk-1',
  },
  streamId: ({ webhook }) => `webhook~${webhook}`,
})

export const frameworkImported = defineEvent({
  name: 'FrameworkImported',
  stream: 'ledger',
  recordedBy: 'annal',
  decision: true,
  description: 'A framework of controls was imported as data.',
  summary: 'The framework {title} {version} was imported with {items} items.',
  fields: () => ({
    framework: slug('The framework.'),
    version: text('Its version.', 64),
    title: text('Its title.'),
    format: word('FrameworkFormat', ['oscal_catalog', 'oscal_profile', 'annal', 'csv'], 'The format it came in.'),
    sha256: sha256('SHA-256 of the file.'),
    items: whole('How many items it has.'),
  }),
  example: {
    framework: 'nist-ai-rmf',
    version: '1.0',
    title: 'NIST AI RMF',
    format: 'oscal_catalog',
    sha256: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
    items: 72,
  },
  streamId: ({ framework }) => `framework~${framework}`,
})
