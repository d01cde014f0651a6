import { createHash } from 'node:crypto'
import type { PersonKey } from './people.ts'
import { Random } from './random.ts'

export const DAY = 86_400_000
const HOUR = 3_600_000
const MINUTE = 60_000

/**
 * An event of the story. Who plays it puts ids into the strings that begin with `@`, wherever they stand in the data: `@person/<key>`,
 * `@subject/<reference>`, and `@event/<stream>/<source>#<id>` for an event that was told before.
 */
export interface StoryEvent {
  readonly specversion: '1.0'
  readonly type: string
  readonly source: string
  readonly id: string
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Told {
  readonly at: number
  /** Who tells it: the service key, or a person in a session of his own. */
  readonly by: 'services' | PersonKey
  readonly event: StoryEvent
}

/** Collects what happens. Instants are ms since 1970; `day` counts from the first day of the story. */
export class Story {
  readonly start: number
  readonly end: number
  readonly days: number
  readonly #told: Told[] = []
  readonly #seed: string
  readonly #numbers = new Map<string, number>()

  constructor(end: number, days: number, seed: string) {
    this.end = end
    this.days = days
    this.start = Math.floor(end / DAY) * DAY - days * DAY
    this.#seed = seed
  }

  random(chapter: string): Random {
    return new Random(`${this.#seed}/${chapter}`)
  }

  /** An instant of a day; of the Monday after it when it falls on a weekend. */
  workday(day: number, hour: number, minute = 0): number {
    const at = this.on(day, hour, minute)
    const weekday = new Date(at).getUTCDay()
    return weekday === 6 ? at + 2 * DAY : weekday === 0 ? at + DAY : at
  }

  on(day: number, hour: number, minute = 0): number {
    return this.start + Math.floor(day) * DAY + hour * HOUR + minute * MINUTE
  }

  /** The first instants of the calendar months that are over. */
  months(fromDay: number): readonly { readonly from: string; readonly until: string; readonly after: number }[] {
    const first = new Date(this.on(fromDay, 0))
    const months = []
    for (let month = first.getUTCMonth() + 1; ; month++) {
      const from = Date.UTC(first.getUTCFullYear(), month)
      const until = Date.UTC(first.getUTCFullYear(), month + 1)
      if (until > this.end) return months
      months.push({ from: instant(from), until: instant(until), after: until })
    }
  }

  /** What services observe. Gives a reference to the event when `stream` says where it goes. */
  observe(at: number, unit: string, type: string, data: Readonly<Record<string, unknown>>, stream = ''): string {
    return this.#tell(at, 'services', `/sample/${unit}`, type, data, stream)
  }

  /** What a person decides. */
  decide(at: number, person: PersonKey, type: string, data: Readonly<Record<string, unknown>>): string {
    return this.#tell(at, person, `/sample/people/${person}`, type, data, '')
  }

  /** What was written down elsewhere. */
  quote(event: StoryEvent): void {
    this.#told.push({ at: Date.parse(event.time), by: 'services', event })
  }

  /** Everything that came to pass up to the end, in order. */
  all(): readonly Told[] {
    const past = this.#told.filter(({ at }) => at <= this.end)
    const inOrder = past.map((told, place) => ({ told, place })).sort((a, b) => a.told.at - b.told.at || a.place - b.place)
    return withSubjectVersions(inOrder.map(({ told }) => told))
  }

  #tell(at: number, by: Told['by'], source: string, type: string, data: StoryEvent['data'], stream: string): string {
    const number = (this.#numbers.get(source) ?? 0) + 1
    this.#numbers.set(source, number)
    const event: StoryEvent = { specversion: '1.0', type: `annal.${type}`, source, id: `${number}`, time: instant(at), data }
    this.#told.push({ at, by, event })
    return `@event/${stream}/${source}#${number}`
  }
}

/** An approval refers to the version that its subject's stream had when it was asked for. */
function withSubjectVersions(story: readonly Told[]): Told[] {
  const versions = new Map<string, number>()
  return story.map((told) => {
    const { type, data } = told.event
    const stream = streamOf(type, data)
    if (stream !== null) versions.set(stream, (versions.get(stream) ?? -1) + 1)
    if (type !== 'annal.ApprovalRequested') return told
    const subject = String(data.subject).split('@', 1)[0] ?? ''
    return { ...told, event: { ...told.event, data: { ...data, subjectVersion: Math.max(0, versions.get(subject) ?? 0) } } }
  })
}

const modelTypes = /^annal\.(Model|Version|Bias|Explain|Robust|Security|Threshold|Experiment|Stage|Drift|Grounded|Retraining|Challenger)/

function streamOf(type: string, data: StoryEvent['data']): string | null {
  if (modelTypes.test(type)) return `model:${data.model}`
  return typeof data.system === 'string' &&
    !/^annal\.(Decision|Explanation|Cost|Component|SystemImplicated|SystemCleared|Containment|Corrective)/.test(type)
    ? `aisystem:${data.system}`
    : null
}

export function instant(at: number): string {
  return new Date(at).toISOString()
}

export function date(at: number): string {
  return instant(at).slice(0, 10)
}

/** A digest that stands for a file which nobody has. */
export function digest(name: string): string {
  return createHash('sha256').update(`sample/${name}`).digest('hex')
}

export function document(name: string, mediaType = 'application/pdf') {
  return { uri: `https://docs.nordlicht.example/${name}`, sha256: digest(name), mediaType }
}
