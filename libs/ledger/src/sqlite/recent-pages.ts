import type { AllSlice, RecordedEvent } from '../event-store.ts'

/** Of event bytes, which weigh about four times as much as events: what lags further behind reads for itself. */
const MOST_BYTES = 3 * 2 ** 20

interface Page {
  readonly events: RecordedEvent[]
  readonly bytes: number
  /** By how many subscriptions it was asked for. */
  uses: number
}

/**
 * The pages of the record that were read last, so that subscriptions of one thread that follow each other closely read each event once:
 * who asks for what comes after the same event gets the same page, even if by now there would be more on it. What as many have read as there
 * are is forgotten.
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
    if (known !== undefined) return this.#use(key, known)
    const events = this.#read(slice)
    if (events.length > 0 && this.#subscriptions > 1) this.#keep(key, events)
    return events
  }

  #use(key: string, page: Page): RecordedEvent[] {
    if (++page.uses >= this.#subscriptions) this.#drop(key, page)
    return page.events
  }

  #drop(key: string, page: Page): void {
    this.#pages.delete(key)
    this.#bytes -= page.bytes
  }

  #forget(): void {
    this.#pages.clear()
    this.#bytes = 0
  }

  #keep(key: string, events: RecordedEvent[]): void {
    const bytes = events.reduce((sum, event) => sum + event.bytes.length, 0)
    this.#pages.set(key, { events, bytes, uses: 1 })
    this.#bytes += bytes
    for (const [oldest, page] of this.#pages) {
      if (this.#bytes <= MOST_BYTES) return
      this.#drop(oldest, page)
    }
  }
}
