import type { Told } from '../organisation/index.ts'
import type { AdminLine } from './admin-line.ts'
import type { Api, Credential, RecordedOutcome } from './api.ts'
import { fillIn, type KnownIds, subjectsIn } from './fill-in.ts'
import type { SampleNotes } from './sample-notes.ts'

export interface Teller {
  readonly api: Api
  readonly admin: AdminLine
  readonly workspace: string
  readonly key: string
  readonly people: SampleNotes['people']
  readonly onProgress: (done: number) => void
}

/** What services send in one call: so many events at most, of so many ms. */
const MOST_EVENTS = 100
const LONGEST_SPAN = 6 * 3_600_000
/** How long after an event, in ms, the record has it. */
const DELAY = 20_000

const subjectDocument = 'mutation Subject($reference: String!) { subjectFor(reference: $reference) { ... on Subject { id } } }'

/** Records the story through the public API, everybody with his own credential, while the clock follows. Gives how many events are new. */
export async function tellStory(story: readonly Told[], teller: Teller): Promise<number> {
  const ids = new StoryIds(teller)
  await ids.mintSubjects(story)
  let done = 0
  let week = 0
  let recorded = 0
  for (const part of parts(story)) {
    await teller.admin.advance((part.at(-1)?.at ?? 0) + DELAY)
    const outcomes = await teller.api.record(
      credentialOf(part, teller),
      teller.workspace,
      part.map(({ event }) => ({ ...event, data: fillIn(event.data, ids) })),
    )
    ids.learn(part, outcomes)
    done += part.length
    recorded += outcomes.filter(({ repeated }) => !repeated).length
    teller.onProgress(done)
    if (part.some(isUnapproved) || weekOf(part) > week) await new Promise((settle) => setTimeout(settle, REACTION_TIME))
    week = weekOf(part)
  }
  return recorded
}

/**
 * In ms. What follows from an event, or from time alone, is recorded by reactions, which run beside us: without a pause each week, and
 * behind what they answer, they would be weeks late.
 */
const REACTION_TIME = 120

function weekOf(part: readonly Told[]): number {
  return Math.floor((part[0]?.at ?? 0) / (7 * 86_400_000))
}

function isUnapproved({ event: { type, data } }: Told): boolean {
  return type === 'annal.VersionDeployed' && data.approval === undefined
}

/** Decisions alone, at their minute; observations in the batches in which services send them. */
function* parts(story: readonly Told[]): Generator<readonly Told[]> {
  let part: Told[] = []
  for (const told of story) {
    const [first] = part
    const fits = first !== undefined && told.by === 'services' && part.length < MOST_EVENTS && told.at - first.at <= LONGEST_SPAN
    if (part.length > 0 && !fits) {
      yield part
      part = []
    }
    part.push(told)
    if (told.by !== 'services' || isUnapproved(told)) {
      yield part
      part = []
    }
  }
  if (part.length > 0) yield part
}

function credentialOf([first]: readonly Told[], { key, people }: Teller): Credential {
  if (first === undefined || first.by === 'services') return { key }
  const person = people[first.by]
  if (person === undefined) throw new Error(`expected a session of ${first.by}, found none`)
  return { cookie: person.cookie }
}

class StoryIds implements KnownIds {
  readonly #teller: Teller
  readonly #subjects = new Map<string, string>()
  readonly #events = new Map<string, string>()

  constructor(teller: Teller) {
    this.#teller = teller
  }

  person(key: string): string {
    return known(this.#teller.people[key]?.id, `the person ${key}`)
  }

  subject(reference: string): string {
    return known(this.#subjects.get(reference), `the data subject ${reference}`)
  }

  event(source: string, id: string): string {
    return known(this.#events.get(`${source}#${id}`), `the event ${source}#${id}`)
  }

  async mintSubjects(story: readonly Told[]): Promise<void> {
    const { api, key } = this.#teller
    const mint = async (reference: string) => {
      const { subjectFor } = await api.graphql<{ subjectFor: { id: string } }>({ key }, subjectDocument, { reference })
      this.#subjects.set(reference, subjectFor.id)
    }
    await Promise.all([...new Set(story.flatMap(({ event }) => subjectsIn(event.data)))].map(mint))
  }

  learn(part: readonly Told[], outcomes: readonly RecordedOutcome[]): void {
    for (const [i, { event }] of part.entries()) {
      const outcome = outcomes[i]
      if (outcome !== undefined) this.#events.set(`${event.source}#${event.id}`, `${outcome.stream}/${outcome.event}`)
    }
  }
}

function known(id: string | undefined, what: string): string {
  if (id === undefined) throw new Error(`expected ${what} to be told of before, found nothing`)
  return id
}
