import { NO_STREAM, type RecordedEvent, type StreamSlice } from '../event-store.ts'
import { IdIndex } from '../id-index.ts'
import { RecentlyUsed } from '../recently-used.ts'

/** An event as far as its id is asked for. */
type Identified = Pick<RecordedEvent, 'id' | 'streamVersion'>

interface KnownIds {
  readonly ids: IdIndex
  /** Up to where the ids are known. */
  version: number
}

const PAGE = 512
/** Ids, in all streams together: about 16 MiB. */
const MOST_IDS = 500_000

/**
 * At which version of a stream an id stands. The server has no such index, so each stream is read once, page by page, and from then on only
 * what came since: looking for an id costs what is new and not the length of the stream.
 */
export class StreamIds {
  readonly #read: (stream: string, slice: StreamSlice) => Promise<readonly Identified[]>
  readonly #known = new RecentlyUsed<string, KnownIds>(MOST_IDS, ({ ids }) => ids.size + 1)

  constructor(read: (stream: string, slice: StreamSlice) => Promise<readonly Identified[]>) {
    this.#read = read
  }

  /** Null when the stream does not hold it. An answer is to be checked at the event: two ids in 2^53 look the same (`IdIndex`). */
  async versionOf(stream: string, id: string): Promise<number | null> {
    const known = this.#known.get(stream) ?? { ids: new IdIndex(), version: NO_STREAM }
    const version = known.ids.versionOf(id)
    if (version !== null) return version
    await this.#readOn(stream, known)
    return known.ids.versionOf(id)
  }

  async #readOn(stream: string, known: KnownIds): Promise<void> {
    for (;;) {
      const page = await this.#read(stream, { from: known.version + 1, direction: 'forwards', limit: PAGE })
      for (const { id, streamVersion } of page) {
        known.ids.add(id, streamVersion)
        known.version = Math.max(known.version, streamVersion)
      }
      if (page.length < PAGE) break
    }
    if (known.version !== NO_STREAM) this.#known.set(stream, known)
  }
}
