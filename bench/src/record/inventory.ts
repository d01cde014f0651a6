import { randomUUID } from 'node:crypto'
import { eventType, type ParsedEvent, parseEvent } from '@annal/domain'
import type { EventDraft } from '@annal/ledger'
import { remark } from './plain-words.ts'
import { Random } from './random.ts'

const SYSTEMS = 2_000
const MODELS = 400
const DATASETS = 150
const INCIDENTS = 400
const APPROVALS = 1_000
const VIOLATIONS = 300
const units = ['lending', 'people', 'fraud', 'marketing', 'logistics', 'service', 'claims', 'treasury']
const classes = ['minimal', 'minimal', 'transparency', 'high-risk-annex-iii', 'high-risk-annex-i', 'gpai']
const phases = ['limited_beta', 'expanded_pilot', 'gradual_rollout', 'full_production']
const HOUR = 3_600_000

interface Said {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What stands in an organisation's registers before its systems run: 2,000 systems, models, datasets, approvals, incidents, violations. */
export function* inventory(workspace: string, until: number): Generator<EventDraft> {
  const random = new Random(2)
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)] as T
  const occurredAt = new Date(until - 100 * 24 * HOUR).toISOString()
  for (const one of said(random, pick, occurredAt)) {
    const event = parsed(one, occurredAt)
    yield {
      ...event,
      stream: `${workspace}.${event.stream}`,
      id: randomUUID(),
      workspace,
      actor: { kind: 'service', id: 'inventory' },
      occurredAt,
      correlationId: null,
      causationId: null,
      expectedVersion: null,
    }
  }
}

function parsed({ type, data }: Said, at: string): ParsedEvent {
  const example = eventType(type)?.example as Readonly<Record<string, unknown>>
  const outcome = parseEvent(type, { ...example, ...data }, at)
  if (outcome.status === 'refused') throw new Error(`expected a ${type} that can be recorded, found ${outcome.path}: ${outcome.message}`)
  return outcome.event
}

type Pick = <T>(from: readonly T[]) => T

function* said(random: Random, pick: Pick, at: string): Generator<Said> {
  for (let n = 0; n < SYSTEMS; n++) yield* systemSaid(`sys-${n}`, random, pick)
  for (let n = 0; n < MODELS; n++) yield* modelSaid(n, pick)
  for (let n = 0; n < DATASETS; n++) yield { type: 'DatasetRegistered', data: { dataset: `data-${n}`, name: `Dataset ${n}` } }
  for (let n = 0; n < APPROVALS; n++) yield* approvalSaid(n, random)
  for (let n = 0; n < INCIDENTS; n++) yield* incidentSaid(n, random, at)
  for (let n = 0; n < VIOLATIONS; n++) {
    const systems = [`sys-${random.below(SYSTEMS)}`]
    yield { type: 'ViolationRecorded', data: { violation: `v-${n}`, subject: `model:model-${random.below(MODELS)}@1`, systems } }
  }
}

function* modelSaid(n: number, pick: Pick): Generator<Said> {
  const systems = [`sys-${n % 300}`]
  yield { type: 'ModelRegistered', data: { model: `model-${n}`, name: `Model ${n} of ${pick(units)}`, systems } }
  for (let version = 1; version < 10; version++)
    yield { type: 'ModelVersionRegistered', data: { model: `model-${n}`, version: String(version), systems } }
}

function* systemSaid(system: string, random: Random, pick: Pick): Generator<Said> {
  const name = `${pick(['Scoring', 'Screening', 'Detection', 'Prédiction', 'Triage'])} for ${pick(units)} ${system}`
  yield { type: 'SystemRegistered', data: { system, name, businessUnit: pick(units), owner: `team-${random.below(40)}` } }
  yield { type: 'SystemClassified', data: { system, riskClass: pick(classes), rationale: remark(random) } }
  yield { type: 'RolloutPhaseEntered', data: { system, phase: pick(phases) } }
  yield { type: 'DependencyDeclared', data: { system, on: `model:model-${random.below(MODELS)}`, kind: 'model' } }
  yield { type: 'DocumentAttached', data: { system } }
}

function* approvalSaid(n: number, random: Random): Generator<Said> {
  const subject = `model:model-${random.below(MODELS)}@${1 + random.below(9)}`
  const terms = { approval: `a-${n}`, subject, systems: [`sys-${random.below(SYSTEMS)}`], expiresAt: '2099-01-01T00:00:00.000Z' }
  yield { type: 'ApprovalRequested', data: { ...terms, subjectVersion: 10_000, reason: remark(random) } }
  if (n % 3 === 0) yield { type: 'ApprovalGranted', data: { ...terms, subjectVersion: 10_000 } }
}

function* incidentSaid(n: number, random: Random, at: string): Generator<Said> {
  const incident = `inc-${n}`
  const systems = [...new Set([random.below(SYSTEMS), random.below(SYSTEMS)])].map((system) => `sys-${system}`)
  yield { type: 'IncidentReported', data: { incident, title: remark(random), systems, occurredAt: at, awareAt: at } }
  for (const system of systems) yield { type: 'ContainmentDone', data: { incident, system, action: remark(random) } }
  if (n % 2 === 0) yield { type: 'IncidentClosed', data: { incident, rootCause: remark(random), lessons: remark(random) } }
}
