import { CommitSignal, type EventReader, openEventStoreDb, openSqliteStore } from '@annal/ledger'

/** The event store as another thread or process is told of it. `commits`: shared memory, which ends at the process. */
export type EventSource =
  | { readonly kind: 'sqlite'; readonly file: string; readonly commits?: SharedArrayBuffer }
  | { readonly kind: 'esdb'; readonly connectionString: string }

/** For reading, beside the one writer. */
export async function openSource(source: EventSource): Promise<EventReader> {
  switch (source.kind) {
    case 'sqlite':
      return openSqliteStore({ file: source.file, mode: 'read', commits: new CommitSignal(source.commits) })
    case 'esdb':
      return openEventStoreDb({ connectionString: source.connectionString })
  }
}
