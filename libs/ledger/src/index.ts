export type { Actor, EventDraft, Receipt, RecordOutcome, Refusal, RefusalCode, SealedPath } from './append/event-draft.ts'
export { type Ledger, type LedgerOptions, openLedger } from './append/open-ledger.ts'
export type { EventStoreDbOptions } from './esdb/event-store-db.ts'
export { checkProtection, openEventStoreDb } from './esdb/load-event-store-db.ts'
export * from './event-store.ts'
export type { Difference } from './fsck/mismatch.ts'
export { type FsckOutcome, runFsck } from './fsck/run-fsck.ts'
export { discloseFieldKeys, type FieldKeyDisclosure } from './keys/disclose-keys.ts'
export { withValuesAt } from './keys/json-pointer.ts'
export { BLOCK_SIZE, type BlockRef, type FieldRedaction, type KeyReader, type KeyStore, type PayloadExpiry } from './keys/key-store.ts'
export { loadMasterKey, type MasterKey, MasterKeyRefused, readMasterKey } from './keys/master-key.ts'
export { nodeDigests } from './keys/node-digests.ts'
export { openDisclosed } from './keys/open-disclosed.ts'
export { concealEvent, ERASED, type OpenedEvent, openEvent, openEvents, type SealedField, storedEnvelope } from './keys/open-event.ts'
export { openKeyStore } from './keys/open-key-store.ts'
export {
  type Link,
  type NewestFirst,
  openSessionStore,
  type Person,
  type Session,
  type SessionStore,
} from './keys/session-store.ts'
export { WrongMasterKey } from './keys/verify-master-key.ts'
export { LagHistogram } from './lag-histogram.ts'
export {
  type AttemptOutcome,
  type DeliveryPage,
  type DeliveryStateName,
  DeliveryStore,
  type KnownDelivery,
  type KnownWebhook,
  type NewDelivery,
  type WebhookConfiguration,
} from './reactions/delivery-store.ts'
export { type ArmedAlarm, ReactionStore, type RuleStart, type StateKey } from './reactions/reaction-store.ts'
export type { Witness } from './seal/away/ask-witness.ts'
export { Outreach, type OutreachStatus, type WitnessStatus } from './seal/away/outreach.ts'
export { gateLedger, LogGate } from './seal/gate-ledger.ts'
export { type Attestation, LogHeads, type StoredHead } from './seal/heads/head-store.ts'
export { PublishFolder } from './seal/heads/publish-folder.ts'
export { LeafIndex } from './seal/index/seal-index.ts'
export { signEd25519 } from './seal/keys/ed25519.ts'
export { type IntroducedKey, readIntroducedKeys } from './seal/keys/introduced-keys.ts'
export {
  dropRetiredKeys,
  loadSigningKeys,
  rotateSigningKey,
  type SigningKey,
  SigningKeyRefused,
  signsAt,
} from './seal/keys/signing-key-file.ts'
export { formatLogName, isSimulated, type LogName, nextOrigin, parseLogName } from './seal/log-name.ts'
export type { LogStanding, SealedLog, SealFolders } from './seal/sealed-log.ts'
export { Sealer } from './seal/sealer.ts'
export { LogTiles } from './seal/tiles/log-tiles.ts'
export { CommitSignal } from './sqlite/commit-signal.ts'
export { migrateSqliteStore, openSqliteStore, type SqliteStoreOptions } from './sqlite/open-sqlite-store.ts'
export { openThreadedSqliteStore } from './sqlite/open-threaded-store.ts'
export { holdWriterLock } from './sqlite/writer-lock.ts'
