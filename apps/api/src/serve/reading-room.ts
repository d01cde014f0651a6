import { LagHistogram } from '@annal/ledger'
import type { Registers } from '@annal/projections'
import { AsOf } from '../past/as-of.ts'
import { pastRegisters } from '../past/past-registers.ts'
import { Pasts } from '../past/pasts.ts'
import { Visibility } from '../trail/visibility.ts'
import { PastThread } from '../workers/past-thread.ts'
import { Projector } from '../workers/projector.ts'
import type { Purge } from '../workers/purge-text-of.ts'
import { QueryPool } from '../workers/query-pool.ts'
import { Rush } from '../workers/rush.ts'
import { watchRush } from '../workers/watch-rush.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import { ViewsStatus } from './views-status.ts'

/** One is enough for hundreds of pages a second; each more costs 50 MiB. */
const QUERY_WORKERS = 1

/** The views: the thread that writes them, the threads that read them, and how far they show the record. */
export interface ReadingRoom {
  readonly trail: QueryPool
  /** Those of now and of the past. */
  readonly registers: Registers
  readonly asOf: AsOf
  readonly visibility: Visibility
  readonly views: ViewsStatus
  readonly lag: LagHistogram
  /** Called whenever somebody asks for something: views that may be behind for a while catch up then. */
  looked(): void
  rebuild(): Promise<void>
  /** Takes out of the text search what can't be read any more, and all pasts away. */
  purge(purge: Purge): Promise<void>
  close(): Promise<void>
}

export async function openReadingRoom({ files, masterKey, source, store, clock }: LedgerRoom): Promise<ReadingRoom> {
  const rush = new Rush()
  const looked = () => rush.looked()
  const visibility = new Visibility(looked)
  const views = new ViewsStatus(store, visibility, clock.now, looked)
  const lag = new LagHistogram()
  const readable = { views: files.views, search: files.search, pasts: files.pasts, keys: files.keys, masterKey }
  const projector = new Projector({ ...readable, events: source, lag: lag.memory, clock: clock.memory, rush: rush.memory }, views)
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
  const pasts = new Pasts(files.pasts, new PastThread(source), trail)
  const purge = async (purged: Purge) => {
    await Promise.all([projector.purge(purged), pasts.forget()])
  }
  const unwatch = watchRush(rush)
  const close = async () => {
    unwatch()
    await pasts.close()
    await trail.close()
    await projector.close()
  }
  const registers = pastRegisters(trail.registers, pasts)
  const asOf = new AsOf({ trail, store, visibility, clock })
  return { trail, registers, asOf, visibility, views, lag, looked, rebuild, purge, close }
}
