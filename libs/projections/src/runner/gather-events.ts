import { setImmediate } from 'node:timers/promises'
import type { RecordedEvent } from '@annal/ledger'

export interface GatherLimits {
  readonly events: number
  /** Of event bytes. One batch of the source may go over it. */
  readonly bytes: number
}

/**
 * Puts together what a subscription gives without waiting: small batches while events come one by one, big ones behind a backlog. Ends
 * and fails as the subscription does, after everything that it gave before.
 */
export async function* gatherEvents(subscription: AsyncIterable<RecordedEvent[]>, limits: GatherLimits): AsyncGenerator<RecordedEvent[]> {
  const source = new Source(subscription)
  for (let first = await source.next(); first !== null; first = await source.next()) {
    const events = [...first]
    let bytes = sizeOf(first)
    while (events.length < limits.events && bytes < limits.bytes) {
      const more = await source.nextNow()
      if (more === null) break
      for (const event of more) events.push(event)
      bytes += sizeOf(more)
    }
    if (events.length > 0) yield events
  }
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
