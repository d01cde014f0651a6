import { tryEmptyLog } from './destroy-keys.ts'
import { KEY_STORE_ID, keySchema } from './key-schema.ts'
import type { KeyReader, KeyStore } from './key-store.ts'
import { KeyTables } from './key-tables.ts'
import type { MasterKey } from './master-key.ts'
import { openPrivateDatabase } from './private-database.ts'
import { SqliteKeyReader } from './sqlite-key-reader.ts'
import { SqliteKeyStore } from './sqlite-key-store.ts'
import { verifyMasterKey } from './verify-master-key.ts'

interface KeyStoreLocation<Mode extends 'write' | 'read'> {
  /** `keys.db` in the data folder. */
  readonly file: string
  readonly masterKey: MasterKey
  /** `write`: makes the file when there is none; one process at a time. `read`: in any thread or process beside it. */
  readonly mode: Mode
}

/**
 * The key store in one SQLite file (WAL, synchronous=FULL, secure_delete).
 * @throws WrongMasterKey when the file was made with another master key; nothing is changed.
 * @throws StoreVersionMismatch when another version of Annal wrote it, StoreUnavailable when it is missing (`read`) or can't be opened.
 */
export function openKeyStore(location: KeyStoreLocation<'write'>): KeyStore
export function openKeyStore(location: KeyStoreLocation<'read'>): KeyReader
export function openKeyStore({ file, masterKey, mode }: KeyStoreLocation<'write' | 'read'>): KeyReader {
  const db = openPrivateDatabase({ what: 'key store', file, applicationId: KEY_STORE_ID, steps: keySchema }, mode)
  try {
    const tables = new KeyTables(db, masterKey)
    verifyMasterKey(tables, { file, mode })
    if (mode === 'read') return new SqliteKeyReader(tables)
    // A crash may have left destroyed keys in the log. If a reader holds it now, repeating that destruction empties it.
    tryEmptyLog(tables)
    return new SqliteKeyStore(tables)
  } catch (error) {
    db.close()
    throw error
  }
}
