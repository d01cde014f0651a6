import { CommitSignal, type EventStore, openEventStoreDb, openThreadedSqliteStore } from '@annal/ledger'
import type { EventSource } from '../workers/event-source.ts'
import type { ServerConfig } from './config.ts'
import type { DataFolder } from './data-folder.ts'

export interface OpenedStore {
  readonly store: EventStore
  /** Where other threads read it. */
  readonly source: EventSource
}

export async function openEventStore({ eventStore }: ServerConfig, { events }: DataFolder): Promise<OpenedStore> {
  switch (eventStore.kind) {
    case 'sqlite': {
      const commits = new CommitSignal()
      const store = openThreadedSqliteStore({ file: events, commits })
      return { store, source: { kind: 'sqlite', file: events, commits: commits.memory } }
    }
    case 'esdb': {
      const { connectionString } = eventStore
      return { store: await openEventStoreDb({ connectionString }), source: { kind: 'esdb', connectionString } }
    }
  }
}
