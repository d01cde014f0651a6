import type { ReportFact, ReportThing } from './report.ts'
import { type ReportEvent, unreadableText } from './report-event.ts'

/** The fields of an event that say what a thing is, with the words for people. The last event by stream order wins. */
const factFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SystemRegistered: {
    name: 'Name',
    purpose: 'Intended purpose',
    owner: 'Owner',
    businessUnit: 'Business unit',
    role: 'Role of the organisation',
    region: 'Region',
    serviceTier: 'Service tier',
  },
  SystemClassified: {
    riskClass: 'Risk class',
    annexIIIPoint: 'Annex III point',
    basis: 'Basis of the classification',
    rationale: 'Rationale',
    catalogueVersion: 'Catalogue version',
  },
  RolloutPhaseEntered: { phase: 'Rollout phase' },
  SystemRetired: { reason: 'Retired because' },
  ModelRegistered: { name: 'Name', task: 'Task', owner: 'Owner' },
  ModelVersionRegistered: { version: 'Newest version', framework: 'Framework', codeCommit: 'Code commit' },
  VersionDeployed: { version: 'Last deployed version', environment: 'Environment', strategy: 'Strategy' },
  VersionRolledBack: { to: 'Rolled back to' },
  ModelRetired: { reason: 'Retired because' },
  DatasetRegistered: {
    name: 'Name',
    source: 'Source',
    owner: 'Owner',
    sensitivity: 'Sensitivity',
    region: 'Region',
    legalBasis: 'Legal basis',
  },
  DatasetVersioned: { version: 'Newest version', rows: 'Rows' },
}

const kinds = ['aisystem', 'model', 'dataset'] as const
export const MOST_THINGS = 200

interface SetFact extends ReportFact {
  readonly field: string
}

/** What the systems, models and datasets of a pack are, each fact with the event that last set it. */
export class ThingFacts {
  private readonly things = new Map<string, Map<string, SetFact>>()
  cut = false

  add(event: ReportEvent): void {
    const fields = factFields[event.type]
    const thing = thingOf(event.stream)
    if (event.type === 'EventCorrected') this.correct(event)
    else if (fields !== undefined && thing !== null) this.set(event, fields, thing)
  }

  all(): ReportThing[] {
    const rank = ({ thing }: ReportThing) => kinds.findIndex((kind) => thing.startsWith(`${kind}:`))
    return [...this.things]
      .map(([thing, facts]) => ({ thing, facts: [...facts.values()].map(withoutField) }))
      .sort((a, b) => rank(a) - rank(b) || (a.thing < b.thing ? -1 : 1))
  }

  private set({ id, occurredAt, data }: ReportEvent, fields: Readonly<Record<string, string>>, thing: string): void {
    const facts = this.factsOf(thing)
    for (const [field, label] of Object.entries(fields)) {
      const value = words(data[field])
      if (value !== null) facts?.set(label, { label, field, value, event: id, occurredAt })
    }
  }

  /** Facts that the corrected event set, and no later one, take the values of the correction. */
  private correct({ id, stream, occurredAt, data }: ReportEvent): void {
    const corrected = typeof data.event === 'string' ? data.event.slice(data.event.lastIndexOf('/') + 1) : null
    const facts = this.things.get(thingOf(stream) ?? '')
    const whole = data.data
    if (facts === undefined || typeof whole !== 'object' || whole === null) return
    for (const [label, fact] of facts) {
      const value = fact.event === corrected ? words(whole[fact.field as keyof typeof whole]) : null
      if (value !== null) facts.set(label, { ...fact, value, event: id, occurredAt })
    }
  }

  private factsOf(thing: string): Map<string, SetFact> | null {
    const known = this.things.get(thing)
    if (known !== undefined) return known
    if (this.things.size >= MOST_THINGS) {
      this.cut = true
      return null
    }
    const facts = new Map<string, SetFact>()
    this.things.set(thing, facts)
    return facts
  }
}

function withoutField({ label, value, event, occurredAt }: SetFact): ReportFact {
  return { label, value, event, occurredAt }
}

function thingOf(stream: string): string | null {
  const hyphen = stream.indexOf('-')
  const kind = stream.slice(0, hyphen)
  return kinds.some((known) => known === kind) ? `${kind}:${stream.slice(hyphen + 1)}` : null
}

function words(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((item) => words(item) ?? '').join(', ')
  return unreadableText(value)
}
