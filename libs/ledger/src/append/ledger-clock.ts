import { parseEventBytes } from '@annal/proof'
import { type EventReader, type RecordedEvent, StoreCorrupt } from '../event-store.ts'

/** How far, in ms, the newest event of the store may be ahead of this process before it refuses to append. */
const TOLERANCE = 2_000
/** How often, in ms, the store is asked for its newest event: other processes may have written it. */
const INTERVAL = 5_000

/**
 * The server's clock as the record sees it. Events are stamped with it, so a clock that lags behind what others recorded would put
 * later events before earlier ones.
 */
export class LedgerClock {
  readonly #now: () => number
  readonly #store: EventReader
  #newest = ''
  #comparedAt = Number.NEGATIVE_INFINITY
  #at = Number.NaN
  #text = ''

  /** @param now milliseconds since 1970. */
  constructor(store: EventReader, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** The instant to stamp, or what keeps the clock from being trusted. */
  read(): { readonly status: 'right'; readonly now: string } | { readonly status: 'behind'; readonly message: string } {
    const now = this.#format(this.#now())
    if (now >= this.#newest || Date.parse(this.#newest) - this.#at <= TOLERANCE) return { status: 'right', now }
    return { status: 'behind', message: `the newest recorded event is of ${this.#newest}, but it is ${now} by this server's clock` }
  }

  get isDue(): boolean {
    return Math.abs(this.#now() - this.#comparedAt) >= INTERVAL
  }

  /** @throws StoreUnavailable */
  async compare(): Promise<void> {
    const newest = await this.#store.newest()
    if (newest !== null) this.saw(recordedAtOf(newest))
    this.#comparedAt = this.#now()
  }

  saw(recordedAt: string): void {
    if (recordedAt > this.#newest) this.#newest = recordedAt
  }

  #format(now: number): string {
    if (now !== this.#at) {
      this.#at = now
      this.#text = new Date(now).toISOString()
    }
    return this.#text
  }
}

export function recordedAtOf(event: RecordedEvent): string {
  const parsed = parseEventBytes(event.bytes)
  if (parsed.status === 'refused') throw new StoreCorrupt(`${event.stream}@${event.streamVersion}: ${parsed.reason}`)
  return parsed.envelope.recordedAt
}
