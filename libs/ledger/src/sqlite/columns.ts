import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { StoreCorrupt } from '../event-store.ts'

/** A statement whose rows come as arrays, which are cheaper than objects. */
export function prepareArrays(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

/** The rows of a statement out of `prepareArrays`. */
export function rowsOf(statement: StatementSync, ...parameters: (number | string | Uint8Array)[]): readonly (readonly unknown[])[] {
  const rows: readonly unknown[] = statement.all(...parameters)
  return rows.map((row) => (Array.isArray(row) ? row : unexpected('a row', row)))
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : unexpected('a number', value)
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : unexpected('a text', value)
}

export function blobOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : unexpected('a blob', value)
}

function unexpected(expected: string, found: unknown): never {
  throw new StoreCorrupt(`expected ${expected} from SQLite, found ${typeof found}`)
}
