import { join } from 'node:path'
import type { Emission, ObservationName, UncheckedEmission } from './emission.ts'
import { ClientClosed, InvalidEvent } from './errors.ts'
import { Outbox, type OutboxOptions } from './outbox/outbox.ts'
import type { Place } from './outbox/segments.ts'
import { prepareEvent } from './prepare-event.ts'
import { type Refusal, RefusedFile } from './refused-file.ts'
import { pause } from './send/back-off.ts'
import type { Obstacle, Receipt } from './send/post-events.ts'
import { Sender, type SenderSurroundings } from './send/sender.ts'

export interface ClientOptions {
  /** Annal's address, such as `https://annal.example.org`. */
  readonly url: string
  /** A key of the role `service`; a function is asked before each request, so that a key can be renewed. */
  readonly apiKey: string | (() => string | Promise<string>)
  /** The folder of the outbox, on a disk that survives the machine's restart, for this client alone. */
  readonly outbox: string | OutboxOptions
  /** How long, in ms, to wait for more events before a batch is sent. Default 5. */
  readonly linger?: number
  /** How long, in ms, to wait for an answer. Default 30,000. */
  readonly patience?: number
  /** Told of each refusal: the event is in `refused.jsonl` in the outbox, and never sent again. */
  readonly onRefused?: (refusal: Refusal) => void
  /** Told why nothing can be handed over just now, and when it is tried again (ms). Nothing is lost meanwhile. */
  readonly onObstacle?: (obstacle: Obstacle & { readonly retryIn: number }) => void
  /** Told when the outbox can't be read or written any more; nothing is sent after it. By default the process ends with the error. */
  readonly onFailure?: (error: unknown) => void
}

/** What became of an event. `kept`: the client was closed first; the event is in the outbox, and the next client of that folder sends it. */
export type Delivery = Receipt | Refusal | { readonly status: 'kept'; readonly id: string }

/** An event that is durable on this machine. */
export interface Emitted {
  readonly id: string
  /** Resolves, and never rejects, when Annal has recorded or refused it. */
  readonly delivered: Promise<Delivery>
}

/** `kept`: so many events were still waiting when time was up. */
export type FlushOutcome = { readonly status: 'empty' } | { readonly status: 'kept'; readonly events: number }

/**
 * Emits events to Annal. What it promises:
 *
 * - When `emit` resolves, the event is durable on this machine: synced to the outbox. From then on it will be in Annal exactly once, or in
 *   `refused.jsonl` with the reason, however often this process, the machine or Annal crash or can't reach each other, as long as the
 *   folder stays and some client opens it again. When `emit` rejects, the event was not queued.
 * - Events are handed over in the order in which `emit` was called, in batches, and again with the very same ids until each has an
 *   answer. `delivered` resolves with a receipt when Annal has the event durably.
 * - A refusal is final: the event itself is wrong or contradicts the record. It is synced to `refused.jsonl`, reported, and never sent
 *   again. All else (no connection, 429, 5xx, a revoked key) keeps the events and tries again: after what `Retry-After` says, or with
 *   a back-off that doubles up to 30 s.
 * - Memory is bounded; on disk the outbox grows to `maxBytes`, then `emit` waits for room (or refuses, if told so).
 *
 * What it can't promise: that an event survives the loss of the folder, or a disk that says "synced" and isn't.
 */
export interface AnnalClient {
  /** @throws InvalidEvent naming the field; OutboxFull, OutboxUnwritable, ClientClosed */
  emit<Type extends ObservationName>(event: Emission<Type>): Promise<Emitted>
  /** As `emit`, for events whose type is known only at run time. */
  emitUnchecked(event: UncheckedEmission): Promise<Emitted>
  /** Resolves when all that was emitted so far is recorded or refused, or after `within` ms. */
  flush(within?: number): Promise<FlushOutcome>
  /** Takes nothing more, hands over what it can within so many ms (5,000), and leaves the rest in the outbox. */
  close(within?: number): Promise<FlushOutcome>
  /** How many events wait in the outbox. */
  readonly waiting: number
}

/** Opens the outbox, goes on with what an earlier client left in it, and takes events. @throws OutboxLocked, OutboxCorrupt */
export async function createClient(options: ClientOptions): Promise<AnnalClient> {
  const at: OutboxOptions = typeof options.outbox === 'string' ? { folder: options.outbox } : options.outbox
  const outbox = await Outbox.open(at)
  try {
    return new OutboxClient(options, outbox, await RefusedFile.open(join(at.folder, 'refused.jsonl')))
  } catch (error) {
    await outbox.close()
    throw error
  }
}

type Settle = (delivery: Delivery) => void

class OutboxClient implements AnnalClient {
  readonly #outbox: Outbox
  readonly #refused: RefusedFile
  readonly #sender: Sender
  /** By place in the outbox. */
  readonly #deliveries = new Map<string, { readonly id: string; readonly settle: Settle }>()
  readonly #flushes = new Set<{ readonly until: Place; readonly done: () => void }>()
  readonly #emitting = new Set<Promise<unknown>>()
  #closing: Promise<FlushOutcome> | null = null

  constructor(options: ClientOptions, outbox: Outbox, refused: RefusedFile) {
    const { url, apiKey, linger = 5, patience = 30_000, onRefused, onObstacle = () => {}, onFailure = rethrow } = options
    this.#outbox = outbox
    this.#refused = refused
    const target = {
      url: url.replace(/\/+$/, ''),
      apiKey: typeof apiKey === 'string' ? () => apiKey : apiKey,
      patience,
      fetch: globalThis.fetch,
    }
    const around: SenderSurroundings = {
      outbox,
      refused,
      target,
      linger,
      onObstacle,
      onSettled: ({ kept: { place }, outcome }) => {
        this.#settle(`${place.segment}:${place.offset}`, outcome)
        if (outcome.status === 'refused') onRefused?.(outcome)
      },
      onSettledOnDisk: () => this.#checkFlushes(),
    }
    this.#sender = new Sender(around, onFailure)
  }

  get waiting(): number {
    return this.#outbox.waiting
  }

  emit<Type extends ObservationName>(event: Emission<Type>): Promise<Emitted> {
    return this.emitUnchecked(event)
  }

  async emitUnchecked(event: UncheckedEmission): Promise<Emitted> {
    if (this.#closing !== null) throw new ClientClosed('the client is closed; the event was not queued')
    const prepared = prepareEvent(event, Date.now())
    if (prepared.status === 'invalid') throw new InvalidEvent(prepared)
    const queued = this.#queue(prepared.id, prepared.envelope)
    this.#emitting.add(queued)
    try {
      return await queued
    } finally {
      this.#emitting.delete(queued)
    }
  }

  async #queue(id: string, envelope: string): Promise<Emitted> {
    const { promise: delivered, resolve: settle } = Promise.withResolvers<Delivery>()
    const { segment, offset } = await this.#outbox.append(envelope)
    this.#deliveries.set(`${segment}:${offset}`, { id, settle })
    return { id, delivered }
  }

  async flush(within = Number.POSITIVE_INFINITY): Promise<FlushOutcome> {
    const started = performance.now()
    const timeout = new AbortController()
    await Promise.race([Promise.allSettled(this.#emitting), pause(bounded(within), timeout.signal)])
    timeout.abort()
    const until = this.#outbox.end
    if (!this.#outbox.hasSettled(until)) await this.#settled(until, within - (performance.now() - started))
    return this.#outbox.hasSettled(until) ? { status: 'empty' } : { status: 'kept', events: this.#outbox.waiting }
  }

  close(within = 5_000): Promise<FlushOutcome> {
    this.#closing ??= this.#close(within)
    return this.#closing
  }

  async #close(within: number): Promise<FlushOutcome> {
    const outcome = await this.flush(within)
    await this.#sender.stop()
    await this.#refused.close()
    await this.#outbox.close()
    for (const { id, settle } of this.#deliveries.values()) settle({ status: 'kept', id })
    this.#deliveries.clear()
    return outcome
  }

  #settle(place: string, outcome: Receipt | Refusal): void {
    this.#deliveries.get(place)?.settle(outcome)
    this.#deliveries.delete(place)
  }

  #checkFlushes(): void {
    for (const { until, done } of this.#flushes) if (this.#outbox.hasSettled(until)) done()
  }

  async #settled(until: Place, within: number): Promise<void> {
    const settled = new AbortController()
    const flush = { until, done: () => settled.abort() }
    this.#flushes.add(flush)
    await pause(bounded(within), settled.signal)
    this.#flushes.delete(flush)
  }
}

/** The longest time that a timer knows. */
function bounded(ms: number): number {
  return Math.max(0, Math.min(ms, 2 ** 31 - 1))
}

function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
