import { defineEvent } from '../define-event.ts'
import { period } from '../recurring-fields.ts'
import { roles } from '../roles.ts'
import { list, object, optional } from '../schema/containers.ts'
import { eventRef, party, personId, ref, slug, workspaceId } from '../schema/id-fields.ts'
import { texts } from '../schema/map-fields.ts'
import { currency, flag, money, number, share, whole } from '../schema/number-fields.ts'
import { displayName, freeText, text, word } from '../schema/text-fields.ts'
import { date, instant } from '../schema/time-fields.ts'

/**
 * The workspace stands in the name of every stream, so the id part says what the stream is about: `settings`, `access`, `costs`,
 * `capacity`. Only `WorkspaceOpened`, which is in the workspace named `system`, has the id of the workspace that was opened.
 */
const tier = (description: string) => word('ServiceTier', ['bronze', 'silver', 'gold', 'platinum'], description)
const quota = object('A quota.', {
  resource: slug('What is limited: events a month, storage, seats, GPU hours …'),
  limit: number('The limit.', { min: 0 }),
  unit: text('Its unit.', 40),
})

const workspaceOpened = defineEvent({
  name: 'WorkspaceOpened',
  stream: 'workspace',
  recordedBy: 'annal',
  description: 'A workspace was opened. Origin, region and clock stand for good.',
  summary: 'The workspace {name} ({workspace}) was opened in {region}.',
  fields: () => ({
    workspace: workspaceId('The workspace.'),
    name: displayName('The name people know it by.'),
    region: slug('The region whose store it lives in; its events never leave it.'),
    tier: tier('The service tier.'),
    quotas: list('Its quotas.', quota, { max: 50 }),
    legalTimeZone: text('The time zone in which legal deadlines end, an IANA name such as Europe/Berlin.', 64),
    currency: currency('The currency it reckons in, ISO 4217.'),
    holidayCalendar: slug('The calendar of public holidays that legal periods observe, such as de-be.'),
    logOrigin: optional(text('The origin of its transparency log.', 200)),
    simulatedClock: optional(flag('Whether its clock is simulated: a sample, never evidence.')),
  }),
  example: {
    workspace: 'ws_k7m2q9x4t1',
    name: 'Retail bank',
    region: 'eu',
    tier: 'gold',
    quotas: [{ resource: 'events-per-month', limit: 20000000, unit: 'events' }],
    legalTimeZone: 'Europe/Berlin',
    currency: 'EUR',
    holidayCalendar: 'de-be',
    logOrigin: 'ledger.example/log/v1/ws_k7m2q9x4t1',
  },
  streamId: ({ workspace }) => workspace,
})

const tierChanged = defineEvent({
  name: 'TierChanged',
  stream: 'workspace',
  description: 'The workspace moved to another service tier.',
  summary: 'The service tier was changed to {tier}.',
  fields: () => ({
    tier: tier('The new tier.'),
    from: optional(tier('The tier before.')),
    effectiveOn: optional(date('The day it takes effect.')),
    reason: optional(freeText('Why.')),
  }),
  example: { tier: 'platinum', from: 'gold', effectiveOn: '2026-07-01', reason: 'Credit scoring serves two more countries.' },
  streamId: () => 'settings',
})

const quotaSet = defineEvent({
  name: 'QuotaSet',
  stream: 'workspace',
  description: 'A quota of the workspace was set.',
  summary: 'The quota of {resource} was set to {limit} {unit}.',
  fields: () => ({
    resource: slug('What is limited.'),
    limit: number('The limit.', { min: 0 }),
    unit: text('Its unit.', 40),
    reason: optional(freeText('Why.')),
  }),
  example: { resource: 'gpu-hours-per-month', limit: 1200, unit: 'h' },
  streamId: () => 'settings',
})

const quotaExceeded = defineEvent({
  name: 'QuotaExceeded',
  stream: 'workspace',
  recordedBy: 'annal',
  description: 'Use went over a quota.',
  summary: 'The quota of {resource} was exceeded: {used} of {limit} {unit}.',
  fields: () => ({
    resource: slug('What is limited.'),
    limit: number('The limit.', { min: 0 }),
    used: number('The use.', { min: 0 }),
    unit: text('Its unit.', 40),
    cause: optional(eventRef('The event that went over it.')),
  }),
  example: { resource: 'gpu-hours-per-month', limit: 1200, used: 1207.5, unit: 'h' },
  streamId: () => 'settings',
})

const role = word('MemberRole', roles, 'The role.')

const roleGranted = defineEvent({
  name: 'RoleGranted',
  stream: 'workspace',
  recordedBy: 'annal',
  decision: true,
  description: 'A person was given a role in this workspace.',
  summary: '{person} was given the role {role}.',
  fields: () => ({
    person: personId('The person.'),
    role,
    until: optional(instant('Until when, if not for good.')),
    reason: optional(freeText('Why.')),
  }),
  example: { person: 'per_3f8a1c', role: 'approver' },
  streamId: () => 'access',
})

const roleRevoked = defineEvent({
  name: 'RoleRevoked',
  stream: 'workspace',
  recordedBy: 'annal',
  decision: true,
  description: 'A role was taken from a person.',
  summary: 'The role {role} was taken from {person}.',
  fields: () => ({ person: personId('The person.'), role, reason: optional(freeText('Why.')) }),
  example: { person: 'per_3f8a1c', role: 'approver', reason: 'Moved to another department.' },
  streamId: () => 'access',
})

const key = slug('The public id of the key, never its secret.')

const apiKeyIssued = defineEvent({
  name: 'ApiKeyIssued',
  stream: 'workspace',
  recordedBy: 'annal',
  decision: true,
  description: 'An API key was issued. Its secret is not recorded.',
  summary: 'The API key {key} ({name}) was issued for the role {role}.',
  fields: () => ({
    key,
    name: displayName('What it is for.'),
    role,
    expiresAt: optional(instant('Until when it works.')),
    requestsPerSecond: optional(whole('How many requests a second it may make.', { min: 1 })),
  }),
  example: { key: 'svc_scoring', name: 'Scoring service, production', role: 'service', requestsPerSecond: 2000 },
  streamId: () => 'access',
})

const apiKeyRevoked = defineEvent({
  name: 'ApiKeyRevoked',
  stream: 'workspace',
  recordedBy: 'annal',
  decision: true,
  description: 'An API key was revoked; it stopped working at once.',
  summary: 'The API key {key} was revoked.',
  fields: () => ({ key, reason: optional(freeText('Why.')) }),
  example: { key: 'svc_scoring', reason: 'Printed in a build log.' },
  streamId: () => 'access',
})

const costRecorded = defineEvent({
  name: 'CostRecorded',
  stream: 'workspace',
  description: 'What a resource cost in a period, with tags for allocation.',
  summary: '{resource} cost {amount} from {period.from} to {period.until}.',
  fields: () => ({
    resource: slug('The resource: gpu, tokens, storage, licences …'),
    amount: money('What it cost.'),
    period: period('The period.'),
    quantity: optional(number('How much was used.', { min: 0 })),
    unit: optional(text('The unit of the quantity.', 40)),
    tags: optional(texts('Tags for the allocation.')),
    system: optional(ref('aisystem', 'The AI system it was used for.')),
    project: optional(ref('project', 'The project it was used for.')),
    payer: optional(party('Who is charged.')),
  }),
  example: {
    resource: 'tokens',
    amount: { amount: '1834.20', currency: 'EUR' },
    period: { from: '2026-04-01T00:00:00.000Z', until: '2026-05-01T00:00:00.000Z' },
    quantity: 412000000,
    unit: 'tokens',
    tags: { team: 'support', environment: 'production' },
    system: 'support-assistant',
  },
  streamId: () => 'costs',
})

const capacityMeasured = defineEvent({
  name: 'CapacityMeasured',
  stream: 'workspace',
  description: 'How a pool of compute was scaled and used.',
  summary: 'The pool {pool} ran between {min} and {max} units, {utilisation} used[, {modelsPerPod} models a pod].',
  fields: () => ({
    pool: slug('The pool.'),
    min: number('The least units that ran.', { min: 0 }),
    max: number('The most units that ran.', { min: 0 }),
    utilisation: share('The average share in use, 0–1.'),
    modelsPerPod: optional(number('Models per serving pod.', { min: 0 })),
    idle: optional(share('The share that was idle, 0–1.')),
    window: optional(period('The window measured.')),
  }),
  rule: ['max', 'expected at least min', ({ min, max }) => min <= max],
  example: { pool: 'serving-eu-1', min: 2, max: 14, utilisation: 0.82, modelsPerPod: 10 },
  streamId: () => 'capacity',
})

/** What is recorded about a workspace: settings, access, costs, capacity. */
export const workspaceEvents = [
  workspaceOpened,
  tierChanged,
  quotaSet,
  quotaExceeded,
  roleGranted,
  roleRevoked,
  apiKeyIssued,
  apiKeyRevoked,
  costRecorded,
  capacityMeasured,
] as const
