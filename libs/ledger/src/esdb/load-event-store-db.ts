import type { EventStore } from '../event-store.ts'
import type { EventStoreDbOptions } from './event-store-db.ts'
import type { Protection } from './protection.ts'

/*
 * The adapter with its client, loaded where it is used: it takes some 25 MiB and most of a second in every thread that loads it, and with
 * SQLite nobody does.
 */

/** @see openEventStoreDb of the adapter */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const adapter = await import('./event-store-db.ts')
  return adapter.openEventStoreDb(options)
}

/** @see checkProtection of the adapter */
export async function checkProtection(options: Pick<EventStoreDbOptions, 'connectionString'>): Promise<Protection> {
  const adapter = await import('./protection.ts')
  return adapter.checkProtection(options)
}
