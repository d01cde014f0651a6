import { LagHistogram } from '@annal/ledger'
import { Visibility } from '../trail/visibility.ts'
import { Projector } from '../workers/projector.ts'
import type { Purge } from '../workers/purge-text-of.ts'
import { QueryPool } from '../workers/query-pool.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import { ViewsStatus } from './views-status.ts'

/** One is enough for hundreds of pages a second; each more costs 50 MiB. */
const QUERY_WORKERS = 1

/** The views: the thread that writes them, the threads that read them, and how far they show the record. */
export interface ReadingRoom {
  readonly trail: QueryPool
  readonly visibility: Visibility
  readonly views: ViewsStatus
  readonly lag: LagHistogram
  rebuild(): Promise<void>
  /** Takes out of the text search what can't be read any more. */
  purge(purge: Purge): Promise<void>
  close(): Promise<void>
}

export async function openReadingRoom({ files, masterKey, source, store, clock }: LedgerRoom): Promise<ReadingRoom> {
  const visibility = new Visibility()
  const views = new ViewsStatus(store, visibility, clock.now)
  const lag = new LagHistogram()
  const readable = { views: files.views, search: files.search, keys: files.keys, masterKey }
  const projector = new Projector({ ...readable, events: source, lag: lag.memory, clock: clock.memory }, views)
  await views.ready
  const log = { folders: { tiles: files.tiles, heads: files.heads }, index: files.log }
  const trail = new QueryPool(QUERY_WORKERS, { ...readable, log })
  const rebuild = async () => {
    views.rebuilding = true
    try {
      await projector.rebuild()
    } finally {
      views.rebuilding = false
    }
  }
  const close = async () => {
    await trail.close()
    await projector.close()
  }
  return { trail, visibility, views, lag, rebuild, purge: (purge) => projector.purge(purge), close }
}
