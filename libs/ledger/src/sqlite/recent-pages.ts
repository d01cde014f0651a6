import type { AllSlice, RecordedEvent } from '../event-store.ts'

/** Of event bytes: a few batches of the largest reader. What lags behind that reads for itself. */
const MOST_BYTES = 8 * 2 ** 20

interface Page {
  readonly events: RecordedEvent[]
  readonly bytes: number
}

/**
 * The pages of the record that were read last, so that subscriptions of one thread that follow each other closely read each event once:
 * who asks for what comes after the same event gets the same page, even if by now there would be more on it. One alone keeps nothing.
 */
export class RecentPages {
  readonly #read: (slice: AllSlice) => RecordedEvent[]
  readonly #pages = new Map<string, Page>()
  #bytes = 0
  #subscriptions = 0

  constructor(read: (slice: AllSlice) => RecordedEvent[]) {
    this.#read = read
  }

  /** The pages of one more subscription, which `read` asks for. */
  async *shared(subscription: AsyncGenerator<RecordedEvent[]>): AsyncGenerator<RecordedEvent[]> {
    this.#subscriptions++
    try {
      yield* subscription
    } finally {
      this.#subscriptions--
      if (this.#subscriptions < 2) this.#forget()
    }
  }

  /** Empty only if there is nothing behind `after`; else at least one event, whatever the limit. */
  next(slice: AllSlice): RecordedEvent[] {
    if (slice.types !== undefined || slice.streamPrefix !== undefined) return this.#read(slice)
    const key = `${slice.after ?? ''}/${slice.limit}`
    const known = this.#pages.get(key)
    if (known !== undefined) return known.events
    const events = this.#read(slice)
    if (events.length > 0 && this.#subscriptions > 1) this.#keep(key, events)
    return events
  }

  #forget(): void {
    this.#pages.clear()
    this.#bytes = 0
  }

  #keep(key: string, events: RecordedEvent[]): void {
    const bytes = events.reduce((sum, event) => sum + event.bytes.length, 0)
    this.#pages.set(key, { events, bytes })
    this.#bytes += bytes
    for (const [oldest, page] of this.#pages) {
      if (this.#bytes <= MOST_BYTES) return
      this.#pages.delete(oldest)
      this.#bytes -= page.bytes
    }
  }
}
