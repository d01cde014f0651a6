import type { DatabaseSync } from 'node:sqlite'
import { StoreVersionMismatch } from '../event-store.ts'
import { numberOf } from './columns.ts'
import { APPLICATION_ID, type Migration, migrations } from './schema.ts'

/** Brings an empty or older file to the newest schema, each step in a transaction of its own. Event bytes never change. */
export function migrate(db: DatabaseSync, steps: readonly Migration[] = migrations): void {
  const found = schemaVersion(db)
  refuseForeign(db, found, steps)
  for (const step of steps) {
    if (step.to <= found) continue
    db.exec(`BEGIN IMMEDIATE; ${step.sql}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${step.to}; COMMIT`)
  }
}

/** @throws StoreVersionMismatch unless the file has exactly the newest schema. */
export function requireNewestSchema(db: DatabaseSync, steps: readonly Migration[] = migrations): void {
  const found = schemaVersion(db)
  refuseForeign(db, found, steps)
  const newest = newestOf(steps)
  if (found < newest) {
    throw new StoreVersionMismatch(`expected schema version ${newest}, found ${found}: back the folder up and run \`annal migrate\``)
  }
}

/** True for a file in which nothing stands yet. */
export function isBlank(db: DatabaseSync): boolean {
  return schemaVersion(db) === 0 && numberOf(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n) === 0
}

function refuseForeign(db: DatabaseSync, found: number, steps: readonly Migration[]): void {
  const newest = newestOf(steps)
  if (found > newest) {
    throw new StoreVersionMismatch(
      `expected schema version ${newest} or older, found ${found}: a newer Annal wrote this folder, use that one`,
    )
  }
  if (isBlank(db)) return
  const application = numberOf(db.prepare('PRAGMA application_id').get()?.application_id)
  if (application !== APPLICATION_ID) throw new StoreVersionMismatch(`expected an event file of Annal, found application id ${application}`)
}

function schemaVersion(db: DatabaseSync): number {
  return numberOf(db.prepare('PRAGMA user_version').get()?.user_version)
}

function newestOf(steps: readonly Migration[]): number {
  return steps.at(-1)?.to ?? 0
}
