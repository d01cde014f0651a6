import { setImmediate, setTimeout } from 'node:timers/promises'
import type { RecordedEvent } from '@annal/ledger'

export interface GatherLimits {
  readonly events: number
  /** Of event bytes. One batch of the source may go over it. */
  readonly bytes: number
  /** In ms, between two batches while events come in numbers: a transaction for each few of them would cost more than they do. */
  readonly interval?: number
  /**
   * Whether others need the processors more. What comes is then left lying, `LONGEST_REST` at most, and not again before everything was
   * gathered.
   */
  readonly mayRest?: () => boolean
}

/** In ms. What has come by then is applied within as long again once the rush is over. */
export const LONGEST_REST = 10_000
/** In ms: how late a rest may end that is over. */
const REST_STEP = 25

/** Behind a batch of so many events more are expected to come; behind fewer none waits. */
const IN_NUMBERS = 16

/**
 * Puts together what a subscription gives without waiting: small batches while events come one by one, big ones behind a backlog. Ends
 * and fails as the subscription does, after everything that it gave before.
 */
export async function* gatherEvents(subscription: AsyncIterable<RecordedEvent[]>, limits: GatherLimits): AsyncGenerator<RecordedEvent[]> {
  const source = new Source(subscription)
  let due = 0
  let hasRested = false
  for (let first = await source.next(); first !== null; first = await source.next()) {
    if (!hasRested) hasRested = await rest(limits)
    const { events, isFull } = await gather(source, first, limits, due)
    if (!isFull) hasRested = false
    due = events.length < IN_NUMBERS ? 0 : performance.now() + (limits.interval ?? 0)
    if (events.length > 0) yield events
  }
}

/** Whether there was one. */
async function rest({ mayRest }: GatherLimits): Promise<boolean> {
  if (mayRest?.() !== true) return false
  const until = performance.now() + LONGEST_REST
  while (mayRest() && performance.now() < until) await setTimeout(REST_STEP)
  return true
}

interface Gathered {
  readonly events: RecordedEvent[]
  /** As much as the limits allow: there may be more. */
  readonly isFull: boolean
}

/** What there is behind `first`, and what comes until `due`. */
async function gather(source: Source, first: readonly RecordedEvent[], limits: GatherLimits, due: number): Promise<Gathered> {
  const events = [...first]
  let bytes = sizeOf(first)
  while (events.length < limits.events && bytes < limits.bytes) {
    const more = await source.nextNow()
    const early = due - performance.now()
    if (more === null && early <= 0) return { events, isFull: false }
    if (more === null) await setTimeout(early)
    else {
      events.push(...more)
      bytes += sizeOf(more)
    }
  }
  return { events, isFull: true }
}

function sizeOf(events: readonly RecordedEvent[]): number {
  return events.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

type Next =
  | { readonly status: 'given'; readonly result: IteratorResult<RecordedEvent[]> }
  | { readonly status: 'failed'; readonly error: unknown }

/** A subscription, always asked for its next batch already. */
class Source {
  readonly #iterator: AsyncIterator<RecordedEvent[]>
  #pending: Promise<Next>

  constructor(subscription: AsyncIterable<RecordedEvent[]>) {
    this.#iterator = subscription[Symbol.asyncIterator]()
    this.#pending = settled(this.#iterator.next())
  }

  /** Null at the end. */
  async next(): Promise<RecordedEvent[] | null> {
    const next = await this.#pending
    if (next.status === 'failed') throw next.error
    if (next.result.done) return null
    this.#pending = settled(this.#iterator.next())
    return next.result.value
  }

  /** Null when there is nothing without waiting; an end and a failure wait for `next`. */
  async nextNow(): Promise<RecordedEvent[] | null> {
    const next = await Promise.race([this.#pending, nothingNow()])
    return next?.status === 'given' && !next.result.done ? this.next() : null
  }
}

/** A promise that is left alone for a while must not reject. */
function settled(next: Promise<IteratorResult<RecordedEvent[]>>): Promise<Next> {
  return next.then(
    (result) => ({ status: 'given', result }),
    (error) => ({ status: 'failed', error }),
  )
}

/** A source that reads without waiting gives its next batch within two turns of the event loop. */
async function nothingNow(): Promise<null> {
  await setImmediate()
  await setImmediate()
  return null
}
