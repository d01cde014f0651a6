import type { EventDraft, Ledger } from '@annal/ledger'
import type { Metrics } from '../http/metrics.ts'
import { TypedError } from '../http/typed-error.ts'
import type { AtWork } from '../identity/at-work.ts'
import type { Caller } from '../identity/caller.ts'
import { isGuarded } from './decide-part.ts'
import { type GuardedStreams, withPath } from './guarded-streams.ts'
import { partlyRecorded } from './partly-recorded.ts'
import { type Prepared, prepareDraft } from './prepare-draft.ts'
import type { AppendOutcome } from './refusal.ts'
import type { SentEvent } from './sent-event.ts'

export const MOST_EVENTS = 1_000
/** How far, in ms, a sender's clock may be ahead. */
const AHEAD = 5 * 60_000

export interface RecorderSurroundings {
  readonly ledger: Ledger
  readonly guarded: GuardedStreams
  readonly metrics: Metrics
  readonly atWork: AtWork
  readonly now: () => number
}

/** Parse → authorise → decide → append, for all events of one call. Every event gets its outcome, in the order sent. */
export class Recorder {
  constructor(private readonly around: RecorderSurroundings) {}

  /**
   * @throws TypedError TOO_MANY_EVENTS, or UNAUTHENTICATED or FORBIDDEN when what let the caller in has ended since; StoreFull,
   * StoreUnavailable, AppendTooLarge (of events of several streams as TypedErrors), AppendUncertain: nothing of the answer is a receipt then.
   */
  record(sent: readonly SentEvent[], caller: Caller): Promise<AppendOutcome[]> {
    return this.around.atWork.record(caller, () => this.recordNow(sent, caller))
  }

  private async recordNow(sent: readonly SentEvent[], caller: Caller): Promise<AppendOutcome[]> {
    if (sent.length > MOST_EVENTS)
      throw new TypedError('TOO_MANY_EVENTS', `${sent.length} events in one call; at most ${MOST_EVENTS} are allowed.`)
    const started = performance.now()
    const latest = new Date(this.around.now() + AHEAD).toISOString()
    const prepared = sent.map((event) => prepareDraft(event, caller, latest))
    try {
      const drafts = plainDrafts(prepared)
      const outcomes = drafts === null ? await this.recordMixed(prepared) : await this.recordPlain(drafts)
      return this.counted(outcomes, started)
    } catch (error) {
      throw partlyRecorded(error, streamsOf(prepared).size)
    }
  }

  private async recordPlain(drafts: readonly EventDraft[]): Promise<AppendOutcome[]> {
    const outcomes = await this.around.ledger.append(drafts)
    return drafts.map((_draft, place) => withPath(outcomes[place]) ?? missing(place))
  }

  private async recordMixed(prepared: readonly Prepared[]): Promise<AppendOutcome[]> {
    const outcomes = new Map<number, AppendOutcome>()
    const drafts: PlacedDraft[] = []
    const broken = brokenStreams(prepared)
    for (const [place, outcome] of prepared.entries()) {
      if (outcome.status === 'refused') outcomes.set(place, outcome.refusal)
      else if (broken.has(outcome.draft.stream)) outcomes.set(place, await this.around.guarded.besideRefused(outcome.draft))
      else drafts.push({ place, draft: outcome.draft })
    }
    for (const { place, outcome } of await this.append(drafts)) outcomes.set(place, outcome)
    return prepared.map((_outcome, place) => outcomes.get(place) ?? missing(place))
  }

  private counted(outcomes: AppendOutcome[], started: number): AppendOutcome[] {
    const { metrics } = this.around
    metrics.appendSeconds.observe((performance.now() - started) / 1000)
    for (const outcome of outcomes) {
      if (outcome.status === 'refused') metrics.refused.inc({ code: outcome.code })
      else if (outcome.repeated) metrics.repeated.inc()
      else metrics.recorded.inc()
    }
    return outcomes
  }

  /** Streams with a guarded draft go through their deciders, all others to the ledger in one call. */
  private async append(drafts: readonly PlacedDraft[]): Promise<PlacedOutcome[]> {
    const guarded = new Set(drafts.filter(({ draft }) => isGuarded(draft)).map(({ draft }) => draft.stream))
    const byStream = Map.groupBy(drafts, ({ draft }) => (guarded.has(draft.stream) ? draft.stream : ''))
    const parts = await Promise.all(
      [...byStream].map(([stream, part]) => (stream === '' ? this.appendPlain(part) : this.appendGuarded(stream, part))),
    )
    return parts.flat()
  }

  private async appendPlain(placed: readonly PlacedDraft[]): Promise<PlacedOutcome[]> {
    const outcomes = await this.recordPlain(placed.map(({ draft }) => draft))
    return placed.map(({ place }, i) => ({ place, outcome: outcomes[i] ?? missing(place) }))
  }

  private async appendGuarded(stream: string, part: readonly PlacedDraft[]): Promise<PlacedOutcome[]> {
    const outcomes = await this.around.guarded.record(
      stream,
      part.map(({ draft }) => draft),
    )
    return part.map(({ place }, i) => ({ place, outcome: outcomes[i] ?? missing(place) }))
  }
}

interface PlacedDraft {
  readonly place: number
  readonly draft: EventDraft
}

interface PlacedOutcome {
  readonly place: number
  readonly outcome: AppendOutcome
}

function missing(place: number): never {
  throw new Error(`expected an outcome for event ${place} of the call, found none`)
}

function streamsOf(prepared: readonly Prepared[]): ReadonlySet<string> {
  return new Set(prepared.flatMap((outcome) => (outcome.status === 'prepared' ? [outcome.draft.stream] : [])))
}

/** All drafts, when none was refused and none has to be decided on: most calls, and nothing needs to be put back in its place. */
function plainDrafts(prepared: readonly Prepared[]): EventDraft[] | null {
  const drafts: EventDraft[] = []
  for (const outcome of prepared) {
    if (outcome.status === 'refused' || isGuarded(outcome.draft)) return null
    drafts.push(outcome.draft)
  }
  return drafts
}

/** Each stream's part is atomic: with one event refused, the others of its stream are too. */
function brokenStreams(prepared: readonly Prepared[]): ReadonlySet<string> {
  const broken = new Set<string>()
  for (const outcome of prepared) if (outcome.status === 'refused' && outcome.stream !== null) broken.add(outcome.stream)
  return broken
}
