import {
  type EventStore,
  gateLedger,
  type KeyStore,
  type Ledger,
  LogGate,
  loadMasterKey,
  type MasterKey,
  openKeyStore,
  openLedger,
  openSessionStore,
  type SessionStore,
} from '@annal/ledger'
import { ServerClock } from '../clock/server-clock.ts'
import type { EventSource } from '../workers/event-source.ts'
import type { ServerConfig } from './config.ts'
import { type DataFolder, prepareDataFolder, requireRestored } from './data-folder.ts'
import { openEventStore } from './open-event-store.ts'
import { StoreProtection } from './store-protection.ts'

/** The record, open for writing: stores, keys and the ledger over them. One process at a time holds it. */
export interface LedgerRoom {
  readonly files: DataFolder
  readonly masterKey: MasterKey
  readonly store: EventStore
  readonly source: EventSource
  readonly keys: KeyStore
  readonly ledger: Ledger
  /** Closed for workspaces whose record went back behind a head that was signed. */
  readonly gate: LogGate
  readonly sessions: SessionStore
  readonly clock: ServerClock
  readonly protection: StoreProtection
  /** Waits for what is being recorded, then closes everything. */
  close(): Promise<void>
}

export async function openLedgerRoom(config: ServerConfig): Promise<LedgerRoom> {
  const clock = new ServerClock()
  const files = prepareDataFolder(config.data)
  requireRestored(files)
  const masterKey = loadMasterKey(config.masterKeyFile)
  const { store, source } = await openEventStore(config, files)
  const keys = openKeyStore({ file: files.keys, masterKey, mode: 'write' })
  const gate = new LogGate()
  const ledger = gateLedger(openLedger({ store, keys, now: clock.now }), gate)
  const sessions = openSessionStore(files.sessions, masterKey)
  const close = async () => {
    await ledger.close()
    await store.close()
    keys.close()
    sessions.close()
  }
  const protection = new StoreProtection(config.eventStore)
  return { files, masterKey, store, source, keys, ledger, gate, sessions, clock, protection, close }
}
