import type { SQLOutputValue } from 'node:sqlite'
import { StoreCorrupt } from '../event-store.ts'
import type { KeyTables } from './key-tables.ts'

/** The key store was made with another master key. Nothing was changed. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey'
}

/** What the verifier cell holds, under the master key that the store was made with. */
const KNOWN = new Uint8Array(32)

/**
 * Compares the master key with the one that the store was made with; a store that is just being made takes this one.
 * @throws WrongMasterKey
 */
export function verifyMasterKey(tables: KeyTables, { file, mode }: { file: string; mode: 'write' | 'read' }): void {
  const wrapped = mode === 'write' ? findOrMake(tables) : find(tables)
  try {
    tables.cells.open(['verifier'], wrapped)
  } catch (error) {
    if (!(error instanceof StoreCorrupt)) throw error
    const message = `Expected the master key that the key store ${file} was made with, found another one. Put the right key file back; nothing was changed.`
    throw new WrongMasterKey(message, { cause: error })
  }
}

function find({ db }: KeyTables): SQLOutputValue | undefined {
  return db.prepare('SELECT wrapped FROM verifier JOIN cell ON id = cell').get()?.wrapped
}

function findOrMake(tables: KeyTables): SQLOutputValue | undefined {
  return (
    find(tables) ??
    tables.db.transaction(() => {
      if (find(tables) === undefined) {
        tables.db.prepare('INSERT INTO verifier VALUES (1, ?)').run(tables.cells.add(['verifier'], KNOWN))
      }
      return find(tables)
    })
  )
}
