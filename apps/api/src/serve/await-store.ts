import { setTimeout } from 'node:timers/promises'
import { type EventReader, StoreUnavailable } from '@annal/ledger'

/** How long, in ms, an event store that is started together with Annal may take. */
const PATIENCE = 60_000
const PAUSE = 500

/**
 * Waits for an event store that can't be reached yet, and says so once for each reason.
 * @throws what keeps it away when patience ends, and at once what no waiting heals.
 */
export async function awaitStore(store: Pick<EventReader, 'head'>, say: (line: string) => void, patience = PATIENCE): Promise<void> {
  const end = performance.now() + patience
  for (let said = ''; ; ) {
    const reason = await unavailability(store)
    if (reason === null) return
    if (performance.now() >= end) throw reason
    if (reason.message !== said) say(`Annal waits for its event store. ${reason.message}\n`)
    said = reason.message
    await setTimeout(Math.min(PAUSE, patience))
  }
}

async function unavailability(store: Pick<EventReader, 'head'>): Promise<StoreUnavailable | null> {
  try {
    await store.head()
    return null
  } catch (error) {
    if (error instanceof StoreUnavailable) return error
    throw error
  }
}
