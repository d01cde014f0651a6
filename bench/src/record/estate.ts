import { randomUUID } from 'node:crypto'
import { eventType, parseEvent } from '@annal/domain'
import type { EventDraft } from '@annal/ledger'
import { remark } from './plain-words.ts'
import { Random } from './random.ts'

const SYSTEMS = 300
const DECIDING_SYSTEMS = 40
const MODELS = 400
const DATASETS = 150
const ACTORS = 300
const DAYS = 100
const DAY = 86_400_000

/** What an event says of its own; the rest is its type's example. */
interface Subject {
  readonly system: string
  readonly model: string
  readonly version: string
  readonly n: number
  readonly random: Random
  readonly person: string
  readonly day: string
}

interface Kind {
  readonly type: string
  readonly weight: number
  readonly data: (subject: Subject) => Readonly<Record<string, unknown>>
}

const ofModel =
  (more: (subject: Subject) => Readonly<Record<string, unknown>>) =>
  (subject: Subject): Readonly<Record<string, unknown>> => ({
    model: subject.model,
    version: subject.version,
    systems: [subject.system],
    ...more(subject),
  })
const ofSystem =
  (more: (subject: Subject) => Readonly<Record<string, unknown>>) =>
  (subject: Subject): Readonly<Record<string, unknown>> => ({ system: subject.system, ...more(subject) })
const ofDataset =
  (more: (subject: Subject) => Readonly<Record<string, unknown>>) =>
  (subject: Subject): Readonly<Record<string, unknown>> => ({
    dataset: id('data', subject.random.skewed(DATASETS, 2)),
    version: subject.version,
    systems: [subject.system],
    ...more(subject),
  })
const nothing = () => ({})
const level = ({ random }: Subject) => Math.round(random.next() * 1000) / 1000
const decisionId = ({ n }: Subject) => `dec-${n}`

const kinds: readonly Kind[] = [
  {
    type: 'DecisionMade',
    weight: 650,
    data: ofSystem((subject) => ({
      decisionId: decisionId(subject),
      modelVersion: `${subject.model}@${subject.version}`,
      inputSha256: subject.random.digest(),
      outputSha256: subject.random.digest(),
      outcome: subject.random.next() < 0.3 ? 'refused' : 'granted',
      confidence: level(subject),
      ...(subject.random.next() < 0.25 ? { subject: subject.person } : {}),
    })),
  },
  {
    type: 'DecisionReviewed',
    weight: 40,
    data: ofSystem((subject) => ({
      decisionId: decisionId(subject),
      decidedOn: subject.day,
      reason: remark(subject.random),
      subject: subject.person,
    })),
  },
  {
    type: 'ExplanationGiven',
    weight: 20,
    data: ofSystem((subject) => ({
      decisionId: decisionId(subject),
      decidedOn: subject.day,
      explanation: remark(subject.random),
      subject: subject.person,
    })),
  },
  { type: 'AgentActionTaken', weight: 40, data: ofSystem(({ random, person }) => ({ inputSha256: random.digest(), subject: person })) },
  { type: 'ModelEvaluated', weight: 40, data: ofModel((subject) => ({ metrics: { auc: level(subject) } })) },
  { type: 'DriftDetected', weight: 40, data: ofModel((subject) => ({ value: level(subject) })) },
  { type: 'DriftResolved', weight: 15, data: ofModel(({ random }) => ({ reason: remark(random) })) },
  { type: 'GroundednessMeasured', weight: 25, data: ofModel((subject) => ({ score: level(subject) })) },
  { type: 'BiasAudited', weight: 20, data: ofModel(({ random }) => ({ findings: remark(random) })) },
  { type: 'RobustnessTested', weight: 10, data: ofModel(nothing) },
  { type: 'RetrainingTriggered', weight: 8, data: ofModel(nothing) },
  { type: 'StageEntered', weight: 8, data: ofModel(nothing) },
  { type: 'VersionDeployed', weight: 8, data: ofModel(nothing) },
  { type: 'DataQualityMeasured', weight: 20, data: ofDataset(nothing) },
  { type: 'PiiScanned', weight: 10, data: ofDataset(nothing) },
  { type: 'DatasetVersioned', weight: 5, data: ofDataset(({ random }) => ({ sha256: random.digest(), transformation: remark(random) })) },
  { type: 'AvailabilityMeasured', weight: 15, data: ofSystem((subject) => ({ share: level(subject) })) },
  { type: 'FeedbackRecorded', weight: 10, data: ofSystem((subject) => ({ satisfaction: level(subject) })) },
  { type: 'MonitoringReported', weight: 6, data: ofSystem(nothing) },
  { type: 'RiskAssessed', weight: 4, data: ofSystem(nothing) },
  { type: 'SystemChanged', weight: 6, data: ofSystem(({ random }) => ({ change: remark(random) })) },
]
const totalWeight = kinds.reduce((sum, { weight }) => sum + weight, 0)

export interface EstateOptions {
  readonly workspace: string
  readonly events: number
  /** Data subjects, minted beforehand. */
  readonly people: readonly string[]
  /** When the last event occurs, in ms since 1970. */
  readonly until: number
}

/**
 * A hundred days of an organisation with 300 systems, 400 models and 300 services that report about them, decisions in volume; few of
 * each are busy and many are not. The busiest are `sys-0`, `model-0` and `svc-0`. One thing never happens: that svc-0 records a
 * decision of sys-0, though both are everywhere.
 */
export function* estate({ workspace, events, people, until }: EstateOptions): Generator<EventDraft> {
  const random = new Random(1)
  const examples = new Map(kinds.map(({ type }) => [type, exampleOf(type)]))
  for (let n = 0; n < events; n++) {
    const { type, data } = kindAt(random)
    const occurred = until - DAYS * DAY * (1 - n / events) - random.below(DAY)
    const occurredAt = new Date(occurred).toISOString()
    const decided = type.startsWith('Deci') || type === 'ExplanationGiven'
    const model = random.skewed(MODELS, 2)
    const subject: Subject = {
      system: id('sys', decided ? random.skewed(DECIDING_SYSTEMS, 2) : model % SYSTEMS),
      model: id('model', model),
      version: String(1 + random.below(9)),
      person: people[random.below(people.length)] ?? '',
      day: occurredAt.slice(0, 10),
      n,
      random,
    }
    const drawn = id('svc', random.skewed(ACTORS, 3))
    const actor = drawn === 'svc-0' && subject.system === 'sys-0' && type === 'DecisionMade' ? 'svc-1' : drawn
    const parsed = parseEvent(type, { ...examples.get(type), ...data(subject) }, occurredAt)
    if (parsed.status === 'refused') throw new Error(`expected a ${type} that can be recorded, found ${parsed.path}: ${parsed.message}`)
    yield {
      ...parsed.event,
      stream: `${workspace}.${parsed.event.stream}`,
      id: randomUUID(),
      workspace,
      actor: { kind: 'service', id: actor },
      occurredAt,
      correlationId: random.next() < 0.4 ? campaignAt(n / events) : null,
      causationId: null,
      expectedVersion: null,
    }
  }
}

/** Without the data subject that it names: nobody minted it here. */
function exampleOf(type: string): Readonly<Record<string, unknown>> {
  const known = eventType(type)
  if (known === undefined) throw new Error(`expected an event type ${type}, found none`)
  const { subject: _subject, ...example } = known.example as Readonly<Record<string, unknown>>
  return example
}

/** Nearly half of what happens belongs to a campaign, which lasts a week. */
export function campaignAt(share: number): string {
  return `campaign-${Math.floor((share * DAYS) / 7)}`
}

/** The instant at which a share (0–1) of the hundred days is over. */
export function instantAt(until: number, share: number): string {
  return new Date(until - DAYS * DAY * (1 - share)).toISOString()
}

function kindAt(random: Random): Kind {
  let left = random.next() * totalWeight
  for (const kind of kinds) {
    left -= kind.weight
    if (left < 0) return kind
  }
  throw new Error('expected a kind of event for every number below the total weight, found none')
}

function id(prefix: string, n: number): string {
  return `${prefix}-${n}`
}
