import type { EventReader } from '@annal/ledger'
import type { Check, Checks } from '../http/health-routes.ts'
import type { LogBoard } from '../log/log-board.ts'
import { isWritable } from './data-folder.ts'
import type { StoreProtection } from './store-protection.ts'
import type { ViewsStatus } from './views-status.ts'

const ok: Check = { status: 'ok' }
/** How long, in ms, the store may take to answer. */
const PATIENCE = 2_000

export interface Watched {
  readonly store: EventReader
  readonly protection: StoreProtection
  readonly views: ViewsStatus
  readonly board: LogBoard
}

export function readinessChecks({ store, protection, views, board }: Watched, folder: string): Checks {
  return {
    store: () => Promise.race([answers(store), late()]),
    protection: () => Promise.race([protection.check(), late()]),
    projector: async () => failedFor(views.problem()),
    sealer: async () => failedFor(board.problem()),
    disk: async () => (isWritable(folder) ? ok : { status: 'failed', reason: 'The data folder is not writable.' }),
  }
}

async function answers(store: EventReader): Promise<Check> {
  try {
    await store.head()
    return ok
  } catch (error) {
    return failedFor(error instanceof Error ? error.message : String(error))
  }
}

function late(): Promise<Check> {
  const lateness: Check = { status: 'failed', reason: `The event store has not answered within ${PATIENCE} ms.` }
  return new Promise((resolve) => setTimeout(() => resolve(lateness), PATIENCE).unref())
}

function failedFor(reason: string | null): Check {
  return reason === null ? ok : { status: 'failed', reason }
}
