import { type EventStore, requireEventIds, StoreUnavailable } from '../event-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { RecentlyUsed } from '../recently-used.ts'
import type { EventDraft, RecordOutcome } from './event-draft.ts'
import { LedgerClock } from './ledger-clock.ts'
import { type LaneSurroundings, StreamLane } from './stream-lane.ts'
import { type StreamPart, splitCall } from './stream-part.ts'
import type { StreamState } from './stream-state.ts'

export interface Ledger {
  /**
   * Records drafts, the drafts of one stream all or none, and answers each in the order given. A draft whose id its stream holds already
   * gets the first receipt again if the content is the same.
   * @throws InvalidEventId: nothing was recorded.
   * @throws StoreFull, StoreUnavailable, AppendUncertain, StoreCorrupt: parts of other streams may have been recorded all the same.
   * Sending everything again, with the same ids, is always safe and tells.
   */
  append(drafts: readonly EventDraft[]): Promise<RecordOutcome[]>
  /** Runs `work` while nothing is being appended to the stream: what is to be appended to it waits. For the destruction of keys. */
  whileStill<Result>(stream: string, work: () => Promise<Result>): Promise<Result>
  /** Waits for what is under way and takes nothing more. The stores stay open: who opened them closes them. */
  close(): Promise<void>
}

export interface LedgerOptions {
  readonly store: EventStore
  readonly keys: KeyStore
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How long, in ms, an append without an answer is sent again before its callers are told. Default 5 s. */
  readonly patience?: number
}

/** The only way to write events: stamps, seals and appends them, each once. */
export function openLedger({ store, keys, now, patience = 5_000 }: LedgerOptions): Ledger {
  return new OpenLedger({ store, keys, patience, clock: new LedgerClock(store, now), states: new RecentlyUsed(STATES_WEIGHT, weighState) })
}

/** 50,000 streams, or 1,000,000 ids where the store leaves them to us: at most about 32 MiB. */
const STATES_WEIGHT = 1_000_000
const STATE_WEIGHT = 20

function weighState({ ids }: StreamState): number {
  return STATE_WEIGHT + (ids?.size ?? 0)
}

/** What one turn of the event loop builds and commits at most, so that others get theirs. */
const DRAFTS_A_TURN = 1_000
/** So many waiting drafts don't wait for the end of the turn: the store commits them while the next are read and built. */
const DRAFTS_AT_ONCE = 16

class OpenLedger implements Ledger {
  readonly #around: LaneSurroundings
  readonly #lanes = new Map<string, StreamLane>()
  /** Lanes with waiting parts and nothing under way, in the order they came. */
  readonly #due = new Set<StreamLane>()
  readonly #underWay = new Set<StreamLane>()
  #scheduled: NodeJS.Immediate | null = null
  /** Pushed since the last turn, to streams with nothing under way. */
  #freshDrafts = 0
  #closing: { readonly done: () => void; readonly promise: Promise<void> } | null = null

  constructor(around: LaneSurroundings) {
    this.#around = around
  }

  async append(drafts: readonly EventDraft[]): Promise<RecordOutcome[]> {
    if (this.#closing !== null) throw new StoreUnavailable('the ledger is closed')
    if (drafts.length === 0) return []
    requireEventIds(drafts)
    return new Promise((resolve, reject) => {
      for (const part of splitCall(drafts, { resolve, reject })) this.#push(part)
      if (this.#freshDrafts >= DRAFTS_AT_ONCE) this.#turn()
    })
  }

  async whileStill<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const lane = await this.#hold(stream)
    try {
      return await work()
    } finally {
      this.#release(lane)
    }
  }

  close(): Promise<void> {
    if (this.#closing === null) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#closing = { done: resolve, promise }
      this.#closeWhenDone()
    }
    return this.#closing.promise
  }

  #closeWhenDone(): void {
    if (this.#due.size === 0 && this.#underWay.size === 0) this.#closing?.done()
  }

  #push(part: StreamPart): void {
    const lane = this.#laneOf(part.stream)
    lane.push(part)
    if (!this.#underWay.has(lane)) this.#freshDrafts += part.drafts.length
    this.#makeDue(lane)
  }

  #laneOf(stream: string): StreamLane {
    const known = this.#lanes.get(stream)
    if (known !== undefined) return known
    const lane = new StreamLane(stream, this.#around)
    this.#lanes.set(stream, lane)
    return lane
  }

  /** Takes the lane as if an append of it were under way. */
  async #hold(stream: string): Promise<StreamLane> {
    for (;;) {
      const lane = this.#laneOf(stream)
      if (!this.#underWay.has(lane)) {
        this.#due.delete(lane)
        this.#underWay.add(lane)
        return lane
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #makeDue(lane: StreamLane): void {
    if (this.#underWay.has(lane)) return
    this.#due.add(lane)
    this.#scheduled ??= setImmediate(() => this.#turn())
  }

  /** All that waits is built and handed to the store in one go, so that it shares a commit. */
  #turn(): void {
    if (this.#scheduled !== null) clearImmediate(this.#scheduled)
    this.#scheduled = null
    this.#freshDrafts = 0
    const ready: StreamLane[] = []
    const others: StreamLane[] = []
    const { clock } = this.#around
    for (const lane of this.#draw()) (clock.isDue || !lane.isReady ? others : ready).push(lane)
    this.#record(ready)
    if (others.length > 0) void this.#prepare(others)
    for (const lane of this.#due) this.#makeDue(lane)
  }

  #draw(): StreamLane[] {
    const drawn: StreamLane[] = []
    let drafts = 0
    for (const lane of this.#due) {
      if (drafts >= DRAFTS_A_TURN) break
      drafts += lane.draw(DRAFTS_A_TURN - drafts)
      this.#due.delete(lane)
      this.#underWay.add(lane)
      drawn.push(lane)
    }
    return drawn
  }

  async #prepare(lanes: readonly StreamLane[]): Promise<void> {
    const { clock } = this.#around
    const compared = clock.isDue ? clock.compare() : Promise.resolve()
    const prepared = await Promise.allSettled(lanes.map((lane) => compared.then(() => lane.prepare())))
    this.#record(
      lanes.filter((lane, i) => {
        const outcome = prepared[i]
        if (outcome?.status === 'rejected') this.#giveUp(lane, outcome.reason)
        return outcome?.status === 'fulfilled'
      }),
    )
  }

  /** Keys are durable before the events that they seal are appended: one transaction for all of them. */
  #record(lanes: readonly StreamLane[]): void {
    const blocks = lanes.map((lane) => lane.blocks())
    const needed = blocks.flat()
    try {
      if (needed.length > 0) this.#around.keys.blockKeysForSealing(needed)
    } catch (error) {
      for (const [i, lane] of lanes.entries()) if ((blocks[i]?.length ?? 0) > 0) this.#giveUp(lane, error)
    }
    for (const lane of lanes) if (this.#underWay.has(lane)) void lane.record().then(() => this.#release(lane))
  }

  #giveUp(lane: StreamLane, failure: unknown): void {
    lane.fail(failure)
    this.#release(lane)
  }

  #release(lane: StreamLane): void {
    this.#underWay.delete(lane)
    if (lane.hasWaiting) this.#makeDue(lane)
    else if (lane.isIdle) this.#lanes.delete(lane.stream)
    this.#closeWhenDone()
  }
}
