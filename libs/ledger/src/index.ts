export * from './append/event-draft.ts'
export * from './event-store.ts'
export { CommitSignal } from './sqlite/commit-signal.ts'
export { migrateSqliteStore, openSqliteStore, type SqliteStoreOptions } from './sqlite/open-sqlite-store.ts'
