import {
  type EventStore,
  type KeyStore,
  type Ledger,
  loadMasterKey,
  type MasterKey,
  openKeyStore,
  openLedger,
  openSessionStore,
  type SessionStore,
} from '@annal/ledger'
import type { EventSource } from '../workers/projector-worker.ts'
import type { ServerConfig } from './config.ts'
import { type DataFolder, prepareDataFolder } from './data-folder.ts'
import { openEventStore } from './open-event-store.ts'

/** The record, open for writing: stores, keys and the ledger over them. One process at a time holds it. */
export interface LedgerRoom {
  readonly files: DataFolder
  readonly masterKey: MasterKey
  readonly store: EventStore
  readonly source: EventSource
  readonly keys: KeyStore
  readonly ledger: Ledger
  readonly sessions: SessionStore
  /** Waits for what is being recorded, then closes everything. */
  close(): Promise<void>
}

export function openLedgerRoom(config: ServerConfig): LedgerRoom {
  const files = prepareDataFolder(config.data)
  const masterKey = loadMasterKey(config.masterKeyFile)
  const { store, source } = openEventStore(config, files)
  const keys = openKeyStore({ file: files.keys, masterKey, mode: 'write' })
  const sessions = openSessionStore(files.sessions)
  const ledger = openLedger({ store, keys, now: () => Date.now() })
  const close = async () => {
    await ledger.close()
    await store.close()
    keys.close()
    sessions.close()
  }
  return { files, masterKey, store, source, keys, ledger, sessions, close }
}
