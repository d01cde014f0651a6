import { setTimeout } from 'node:timers/promises'
import { type ArmedAlarm, comparePositions, type EventDraft, type Position, type RecordedEvent, StoreUnavailable } from '@annal/ledger'
import { Subscribers } from '../webhooks/subscribers.ts'
import { envelopeOf } from './envelope-of.ts'
import { type ExpiryPage, ExpiryRun, type ExpiryTask } from './expiry-run.ts'
import type { Acknowledgement } from './follow-ups.ts'
import { goBack } from './go-back.ts'
import { type Consequences, RuleRun } from './rule-run.ts'
import { RuleStates } from './rule-states.ts'
import { type StartSurroundings, startRules } from './start-rules.ts'

/** `now` is the record's clock. */
export interface ReactorSurroundings extends StartSurroundings {
  /** The clock is simulated: weeks go by in a second, so alarms are looked for more often. */
  readonly isSimulated: boolean
  /** Hands drafts to the one who writes events. */
  readonly record: (drafts: readonly EventDraft[]) => Promise<Acknowledgement>
  /** Hands him what has run out under a retention rule. */
  readonly expire: (page: ExpiryPage) => Promise<Acknowledgement>
  readonly signal: AbortSignal
  /** Called after each commit with what is behind it. */
  readonly committed: (position: Position | null, hasDeliveries: boolean) => void
}

/** What one read takes at most. */
const BATCH = 1_024
/** Between two batches, in ms: a busy record is read in large batches, and those who append go first. */
const BREATH = 25
/** Follow-ups that are handed in at once, and alarms that are seen to at once. */
const MOST_DRAFTS = 100
const MOST_ALARMS = 100
/** How long, in ms, what was done may stay unwritten: doing it again is harmless. Deliveries are sent only once they are written. */
const LAZY = 1_000
const PROMPT = 50
/** So many events are never done again. */
const MOST_UNWRITTEN = 8_192
/** An alarm rings so long, in ms, after it is due: what was stamped before that may still be on its way into the store. */
const SLACK = 1_000
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 10_000

/** Settings and webhooks say which types must be seen. */
const changesTypes = new Set(['WorkspaceOpened', 'QuotaSet', 'WebhookConfigured'])

/**
 * Follows the record and sees to what follows from it. The cursor passes an event only when its follow-ups are acknowledged, and moves in
 * one commit with states, alarms and deliveries: whenever the process dies, the next one goes on from there, and what it does again is
 * the same.
 */
export class Reactor {
  private readonly states: RuleStates
  private readonly subscribers: Subscribers
  private readonly run: RuleRun
  /** Behind this position some rule has effects. */
  private readonly effectsFrom: Position | null
  private position: Position | null
  private unwritten = 0
  private writtenAt = 0
  private nextDue: string | null
  private drafts: EventDraft[] = []
  private armed: ArmedAlarm[] = []
  private expiries: ExpiryTask[] = []
  private readonly expiryRun: ExpiryRun

  private readonly around: ReactorSurroundings

  private constructor(around: ReactorSurroundings) {
    this.around = around
    const { store, rules } = around
    const starts = store.rules()
    this.states = new RuleStates(store)
    this.subscribers = new Subscribers(store.deliveries)
    this.run = new RuleRun(rules, starts, this.states)
    this.expiryRun = new ExpiryRun(around.events, this.states)
    const sinces = starts.map(({ since }) => since).sort((a, b) => (a === null ? -1 : b === null ? 1 : comparePositions(a, b)))
    this.effectsFrom = sinces[0] ?? null
    this.position = store.cursor()
    this.nextDue = store.nextDue()
  }

  /** Resolves when `signal` aborts. @throws what no waiting heals; the next start goes on from the cursor. */
  static async run(around: ReactorSurroundings): Promise<void> {
    await patiently(around.signal, () => goBack(around))
    await patiently(around.signal, () => startRules(around))
    const reactor = new Reactor(around)
    while (!around.signal.aborted) await patiently(around.signal, (succeeded) => reactor.follow(succeeded))
  }

  /** Until the signal aborts, or other types must be seen than before. */
  private async follow(succeeded: () => void): Promise<void> {
    const { events, signal } = this.around
    const types = this.types()
    const own = new AbortController()
    const subscription = events.subscribe({
      after: this.position,
      signal: AbortSignal.any([signal, own.signal]),
      batch: BATCH,
      ...(types !== null && { types }),
    })
    const iterator = subscription[Symbol.asyncIterator]()
    try {
      let pending = settled(iterator.next())
      let tick = this.tick()
      while (!signal.aborted) {
        const next = await Promise.race([pending, tick])
        if (next === 'tick') {
          await this.passTime()
          tick = this.tick()
          continue
        }
        if (next.status === 'failed') throw next.error
        if (next.result.done) break
        const isOver = (await this.take(next.result.value, types)) === 'other types'
        succeeded()
        if (isOver) break
        await setTimeout(BREATH)
        pending = settled(iterator.next())
      }
      await this.flush()
      this.commit()
    } finally {
      own.abort()
    }
  }

  /** Stops behind an event that changes which types must be seen: of what comes behind it too much was left out. */
  private async take(batch: readonly RecordedEvent[], types: readonly string[] | null): Promise<'all' | 'other types'> {
    let outcome: 'all' | 'other types' = 'all'
    for (const event of batch) {
      if (this.run.concerns(event)) await this.takeOne(event)
      if (this.subscribers.concerns(event)) this.subscribers.take(event, this.hasEffects(event.position))
      this.position = event.position
      if (!changesTypes.has(event.type) || isSame(types, this.types())) continue
      outcome = 'other types'
      break
    }
    this.unwritten += batch.length
    await this.flush()
    if (this.isTimeToWrite()) this.commit()
    return outcome
  }

  /** What must be seen, or null: everything. */
  private types(): readonly string[] | null {
    const ofRules = this.run.types()
    const ofWebhooks = this.subscribers.types()
    return ofRules === null || ofWebhooks === null ? null : [...new Set([...ofRules, ...ofWebhooks])]
  }

  private async takeOne(event: RecordedEvent): Promise<void> {
    const envelope = envelopeOf(event)
    if (this.nextDue !== null && this.hasEffects(event.position)) {
      const until = minusSlack(Date.parse(envelope.recordedAt))
      if (this.nextDue <= until) await this.ring(until)
    }
    this.gather(this.run.take(envelope, event.position))
    if (this.drafts.length >= MOST_DRAFTS) await this.flush()
  }

  private hasEffects(position: Position): boolean {
    return this.effectsFrom === null || comparePositions(position, this.effectsFrom) > 0
  }

  private gather({ drafts, armed, expiries }: Consequences): void {
    this.drafts.push(...drafts)
    this.expiries.push(...expiries)
    this.armed.push(...armed)
    for (const { due } of armed) if (this.nextDue === null || due < this.nextDue) this.nextDue = due
  }

  /** Resolves when every draft is acknowledged and everything that ran out is seen to. */
  private async flush(): Promise<void> {
    const { record, expire } = this.around
    const { drafts, expiries } = this
    this.drafts = []
    this.expiries = []
    if (drafts.length > 0) await this.acknowledged(() => record(drafts))
    for (const task of expiries) await this.expiryRun.carryOut(task, (page) => this.acknowledged(() => expire(page)))
  }

  /** As long as the record takes nothing, it waits. */
  private async acknowledged(hand: () => Promise<Acknowledgement>): Promise<void> {
    const { signal } = this.around
    for (let attempt = 0; ; attempt++) {
      const { status } = await hand()
      if (status === 'acknowledged') return
      await setTimeout(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt), undefined, { signal })
    }
  }

  /** Sees to all alarms due at `until` or before, on states that are written. */
  private async ring(until: string): Promise<void> {
    await this.flush()
    this.commit()
    while (this.nextDue !== null && this.nextDue <= until) {
      const due = this.around.store.alarmsDue(until, MOST_ALARMS)
      for (const alarm of due) this.gather(this.run.ring(alarm))
      await this.flush()
      this.commit(due)
    }
  }

  /** Writes what is unwritten, and rings the alarms that are due now, once everything that was recorded before was taken. */
  private async passTime(): Promise<void> {
    const { events, now } = this.around
    if (this.unwritten > 0 && this.isTimeToWrite()) this.commit()
    if (this.nextDue === null) return
    const until = minusSlack(now())
    if (this.nextDue > until || (await events.head()) !== this.position) return
    await this.ring(until)
  }

  private isTimeToWrite(): boolean {
    const patience = this.subscribers.hasPending ? PROMPT : LAZY
    return this.unwritten >= MOST_UNWRITTEN || performance.now() - this.writtenAt >= patience
  }

  private commit(rung: readonly ArmedAlarm[] = []): void {
    const { subscribers } = this
    const { store, committed } = this.around
    const { webhooks, deliveries } = subscribers.pending()
    store.commit({ position: this.position, states: this.states.unwritten(), settled: rung, armed: this.armed, webhooks, deliveries })
    this.states.written()
    subscribers.written()
    this.armed = []
    this.unwritten = 0
    this.writtenAt = performance.now()
    this.nextDue = store.nextDue()
    committed(this.position, deliveries.length > 0 || webhooks.length > 0)
  }

  private async tick(): Promise<'tick'> {
    await setTimeout(this.subscribers.hasPending || this.around.isSimulated ? PROMPT : LAZY)
    return 'tick'
  }
}

function isSame(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function minusSlack(at: number): string {
  return new Date(at - SLACK).toISOString()
}

type Next =
  | { readonly status: 'given'; readonly result: IteratorResult<RecordedEvent[]> }
  | { readonly status: 'failed'; readonly error: unknown }

/** A promise that is left alone for a while must not reject. */
function settled(next: Promise<IteratorResult<RecordedEvent[]>>): Promise<Next> {
  return next.then(
    (result) => ({ status: 'given', result }),
    (error: unknown) => ({ status: 'failed', error }),
  )
}

/** Again and again while the store can't be reached. `succeeded`: the next pause is a short one again. */
async function patiently(signal: AbortSignal, work: (succeeded: () => void) => Promise<void>): Promise<void> {
  let attempt = 0
  const succeeded = () => {
    attempt = 0
  }
  while (!signal.aborted) {
    try {
      return await work(succeeded)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof StoreUnavailable)) throw error
      await setTimeout(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt++))
    }
  }
}
