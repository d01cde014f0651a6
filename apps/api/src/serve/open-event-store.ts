import { CommitSignal, type EventStore, openEventStoreDb, openSqliteStore } from '@annal/ledger'
import type { EventSource } from '../workers/projector-worker.ts'
import type { ServerConfig } from './config.ts'
import type { DataFolder } from './data-folder.ts'

export interface OpenedStore {
  readonly store: EventStore
  /** Where other threads read it. */
  readonly source: EventSource
}

export function openEventStore({ eventStore }: ServerConfig, { events }: DataFolder): OpenedStore {
  switch (eventStore.kind) {
    case 'sqlite': {
      const commits = new CommitSignal()
      const store = openSqliteStore({ file: events, mode: 'write', commits })
      return { store, source: { kind: 'sqlite', file: events, commits: commits.memory } }
    }
    case 'esdb': {
      const { connectionString } = eventStore
      return { store: openEventStoreDb({ connectionString }), source: { kind: 'esdb', connectionString } }
    }
  }
}
