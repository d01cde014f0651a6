import type { RecordedEvent } from '../event-store.ts'
import { isBrokenRead, isRefused } from './command-failure.ts'
import type { ReadFrom } from './read-request.ts'
import type { ServerEvent } from './server-event.ts'
import { isForeign, recordedEvent, STREAM_PREFIXES } from './stored-event.ts'

const LOOK_THROUGH = 512

interface Seen {
  readonly newest: ServerEvent | null
  /** The last event of the log then, whoever wrote it. */
  readonly last: ServerEvent
}

/**
 * The newest event that is Annal's. What others wrote behind it the server has to pass over, event by event: it is made to do so once, and
 * from then on looks only through what came since.
 */
export class NewestEvent {
  readonly #read: (from: ReadFrom) => Promise<ServerEvent[]>
  #seen: Seen | null = null

  constructor(read: (from: ReadFrom) => Promise<ServerEvent[]>) {
    this.#read = read
  }

  async find(): Promise<RecordedEvent | null> {
    const [last] = await this.#read({ direction: 'backwards', count: 1, position: 'end' })
    if (last === undefined) return null
    const newest = isForeign(last) ? await this.#before(last) : last
    this.#seen = { newest, last }
    return newest && recordedEvent(newest)
  }

  async #before(last: ServerEvent): Promise<ServerEvent | null> {
    const seen = this.#seen
    if (seen === null || !(await this.#stillHolds(seen.last, last))) return this.#lookBack()
    if (seen.last.id === last.id) return seen.newest
    const { position } = seen.last
    const since = await this.#read({ direction: 'forwards', count: LOOK_THROUGH, position, prefixes: STREAM_PREFIXES })
    if (since.length === LOOK_THROUGH) return this.#lookBack()
    return since.findLast((event) => !isForeign(event)) ?? seen.newest
  }

  /** False when the log is not the one that was seen, as after a restart of a database in memory. */
  async #stillHolds(seen: ServerEvent, last: ServerEvent): Promise<boolean> {
    if (seen.id === last.id) return true
    if (seen.position.commit >= last.position.commit) return false
    const [found] = await this.#read({ direction: 'forwards', count: 1, position: seen.position }).catch((error: unknown) => {
      if (isRefused(error) || isBrokenRead(error)) return []
      throw error
    })
    return found?.id === seen.id
  }

  async #lookBack(): Promise<ServerEvent | null> {
    let position: ServerEvent['position'] | 'end' = 'end'
    for (let count = 1; ; count = LOOK_THROUGH) {
      const page: ServerEvent[] = await this.#read({ direction: 'backwards', count, position, prefixes: STREAM_PREFIXES })
      const newest = page.find((event) => !isForeign(event))
      if (newest) return newest
      if (page.length < count) return null
      position = page.at(-1)?.position ?? position
    }
  }
}
