import { setTimeout } from 'node:timers/promises'
import {
  type AppendOutcome,
  AppendUncertain,
  type EventStore,
  type NewEvent,
  type RecordedEvent,
  StoreCorrupt,
  StoreUnavailable,
} from '../event-store.ts'
import { type BlockRef, blockOf, type KeyStore } from '../keys/key-store.ts'
import type { RecentlyUsed } from '../recently-used.ts'
import type { FoundEvent } from './build-part.ts'
import { findById, findByVersion } from './find-events.ts'
import type { LedgerClock } from './ledger-clock.ts'
import { StreamBatch } from './stream-batch.ts'
import type { StreamPart } from './stream-part.ts'
import { readOn, readState, type StreamState } from './stream-state.ts'

export interface LaneSurroundings {
  readonly store: EventStore
  readonly keys: KeyStore
  readonly clock: LedgerClock
  readonly states: RecentlyUsed<string, StreamState>
  /** How long, in ms, an uncertain append is sent again before those who wait for it are told so. */
  readonly patience: number
}

interface Sent {
  readonly expectedVersion: number
  readonly events: readonly NewEvent[]
}

/** How often a conflict may be answered by a reader that doesn't see yet what conflicts. */
const STALE_READS = 20

/**
 * One stream's way into the store: its parts queue here and at most one append is under way. The ids are known up to some version;
 * what is sent expects that version; after a conflict the stream is read from there on, and only what is not found is built anew.
 */
export class StreamLane {
  readonly stream: string
  readonly #around: LaneSurroundings
  #waiting: StreamPart[] = []
  #drawn: readonly StreamPart[] = []
  #state: StreamState | undefined
  #found = new Map<string, FoundEvent>()
  #lookedForRefused = false
  /** Sent, but nobody knows whether it was stored. It comes before everything else. */
  #uncertain: Sent | null = null

  constructor(stream: string, around: LaneSurroundings) {
    this.stream = stream
    this.#around = around
  }

  push(part: StreamPart): void {
    this.#waiting.push(part)
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** True when nothing is lost if the lane is forgotten. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#uncertain === null
  }

  /** Takes waiting parts up to `limit` drafts, at least one part, to be recorded next. Returns the number of drafts. */
  draw(limit: number): number {
    let drafts = 0
    let parts = 0
    for (const part of this.#waiting) {
      if (parts > 0 && drafts + part.drafts.length > limit) break
      drafts += part.drafts.length
      parts++
    }
    this.#drawn = this.#waiting.slice(0, parts)
    this.#waiting = this.#waiting.slice(parts)
    this.#found = new Map()
    this.#lookedForRefused = false
    this.#state = this.#around.states.get(this.stream)
    return drafts
  }

  /** True when what was drawn can be built without asking the store. */
  get isReady(): boolean {
    const state = this.#state
    return state !== undefined && this.#uncertain === null && !this.#looksAhead(state) && this.#perhapsKnown(state).size === 0
  }

  /** Asks the store what must be known before what was drawn can be built. */
  async prepare(): Promise<void> {
    const { store, clock, states } = this.#around
    if (this.#uncertain !== null) await this.#resolve(this.#uncertain)
    let state = this.#state
    if (state === undefined) {
      state = await readState(store, this.stream)
      clock.saw(state.recordedAt)
      states.set(this.stream, state)
    } else if (this.#looksAhead(state)) await this.#readOn(state, [])
    this.#state = state
    this.#note(await findByVersion(store, this.stream, this.#perhapsKnown(state)), [])
  }

  /** The blocks whose keys are needed to seal what was drawn. */
  blocks(): BlockRef[] {
    const before = this.#state?.version
    if (before === undefined || !this.#drawn.some((part) => part.drafts.some((draft) => draft.sealed.length > 0))) return []
    const last = before + this.#drawn.reduce((drafts, part) => drafts + part.drafts.length, 0)
    const first = blockOf(before + 1)
    return Array.from({ length: blockOf(last) - first + 1 }, (_, i) => ({ stream: this.stream, block: first + i }))
  }

  fail(failure: unknown): void {
    for (const part of this.#drawn) part.fail(failure)
    this.#drawn = []
  }

  /** Records what was drawn and answers it, whatever happens. */
  async record(): Promise<void> {
    try {
      if (this.#state === undefined) throw new Error(`expected the state of ${this.stream}, found none`)
      await this.#record(this.#state)
    } catch (error) {
      this.#around.states.delete(this.stream)
      this.fail(error)
    }
  }

  async #record(state: StreamState): Promise<void> {
    for (;;) {
      const standing = { version: state.version, recordedAt: state.recordedAt, found: this.#found }
      const { batch, held } = StreamBatch.of(this.#drawn, standing, this.#around)
      this.#waiting.unshift(...held)
      this.#drawn = batch.parts
      if (this.#mayBeKnown(batch) && (await this.#findRefused(batch))) continue
      if (batch.events.length === 0) return batch.settle([])
      const outcome = await this.#send({ expectedVersion: state.version, events: batch.events })
      switch (outcome.status) {
        case 'appended':
          this.#advance(state, batch)
          return batch.settle(outcome.positions)
        case 'conflict':
          await this.#catchUp(state, outcome.actual, batch.events)
          break
        case 'known':
          await this.#lookUp(outcome.ids)
      }
    }
  }

  /**
   * Where the store itself knows the ids, nobody looked for them before building. What is recorded already gets its receipt, whatever
   * would be refused of it now: so look before refusing.
   */
  #mayBeKnown(batch: StreamBatch): boolean {
    return batch.refusedIds.size > 0 && !this.#lookedForRefused && this.#around.store.refusesKnownIds
  }

  async #findRefused(batch: StreamBatch): Promise<boolean> {
    this.#lookedForRefused = true
    const events = await findById(this.#around.store, this.stream, batch.refusedIds)
    this.#note(events, [])
    return events.length > 0
  }

  #advance(state: StreamState, { events, recordedAt }: StreamBatch): void {
    state.version += events.length
    state.recordedAt = recordedAt
    if (state.ids !== null) for (const event of events) state.ids.add(event.id, event.streamVersion)
    this.#around.clock.saw(recordedAt)
    this.#around.states.set(this.stream, state)
  }

  /** Sends the very same events until the store says what became of them, or patience ends. */
  async #send(sent: Sent): Promise<AppendOutcome> {
    const { store, patience } = this.#around
    const since = performance.now()
    for (let attempt = 0; ; attempt++) {
      try {
        return await store.append(this.stream, sent.expectedVersion, sent.events)
      } catch (error) {
        // Once an attempt is uncertain, the failure of a later one says nothing about it.
        if (attempt === 0 && !(error instanceof AppendUncertain)) throw error
        if (performance.now() - since >= patience) {
          this.#uncertain = sent
          throw new AppendUncertain(`${this.stream}: it is not known whether the events were stored, send them again`, { cause: error })
        }
      }
      await setTimeout(Math.min(1_000, 10 * 2 ** attempt))
    }
  }

  /** Whatever becomes of it, the stream is read anew after it. */
  async #resolve(sent: Sent): Promise<void> {
    await this.#send(sent)
    this.#uncertain = null
    this.#state = undefined
    this.#around.states.delete(this.stream)
  }

  async #catchUp(state: StreamState, actual: number, sent: readonly NewEvent[]): Promise<void> {
    if (actual < state.version)
      throw new StoreCorrupt(`expected ${this.stream} to stand at ${state.version}, found ${actual}: events are missing`)
    const before = state.version
    for (let reads = 0; state.version === before; reads++) {
      if (reads === STALE_READS) throw new StoreUnavailable(`${this.stream}: expected to read up to version ${actual}, found ${before}`)
      if (reads > 0) await setTimeout(10 * reads)
      await this.#readOn(state, sent)
    }
  }

  async #readOn(state: StreamState, sent: readonly NewEvent[]): Promise<void> {
    const wanted = new Set(this.#drawn.flatMap((part) => part.drafts.map((draft) => draft.id)))
    const met: RecordedEvent[] = []
    await readOn(this.#around.store, this.stream, state, (event) => {
      if (wanted.has(event.id)) met.push(event)
    })
    this.#around.clock.saw(state.recordedAt)
    this.#note(met, sent)
  }

  async #lookUp(ids: readonly string[]): Promise<void> {
    const events = await findById(this.#around.store, this.stream, ids)
    if (events.length < ids.length) throw new StoreCorrupt(`${this.stream}: expected ${ids.length} known events, found ${events.length}`)
    this.#note(events, [])
  }

  /** @param sent what was sent just before: an event with the same salt is that one. */
  #note(events: readonly RecordedEvent[], sent: readonly NewEvent[]): void {
    for (const event of events) {
      const ours = sent.some(({ id, salt }) => id === event.id && Buffer.compare(salt, event.salt) === 0)
      this.#found.set(event.id, { event, ours })
    }
  }

  /** Somebody saw a newer version than we know: another process appended. */
  #looksAhead({ version }: StreamState): boolean {
    return this.#drawn.some((part) => part.drafts.some(({ expectedVersion }) => expectedVersion !== null && expectedVersion > version))
  }

  /** The ids of drafts that the stream seems to hold, each with its version. */
  #perhapsKnown({ ids }: StreamState): Map<string, number> {
    const known = new Map<string, number>()
    if (ids === null) return known
    for (const part of this.#drawn) {
      for (const { id } of part.drafts) {
        const version = this.#found.has(id) ? null : ids.versionOf(id)
        if (version !== null) known.set(id, version)
      }
    }
    return known
  }
}
