import type { SQLOutputValue } from 'node:sqlite'
import type { MasterKey } from './master-key.ts'
import type { PrivateConnection, PrivateStatement } from './private-database.ts'
import { type KeyName, unwrap, WRAPPED_LENGTH, wrap } from './wrapping.ts'

/**
 * The wrapped keys: added at the end, overwritten in place, never moved (`key-schema.ts` says why). They are read by joins, so that
 * a name and its key come from one snapshot, whatever a writer destroys meanwhile.
 */
export class KeyCells {
  readonly #masterKey: MasterKey
  readonly #insert: PrivateStatement
  readonly #overwrite: PrivateStatement

  constructor(db: PrivateConnection, masterKey: MasterKey) {
    this.#masterKey = masterKey
    this.#insert = db.prepare('INSERT INTO cell (wrapped) VALUES (?)')
    this.#overwrite = db.prepare('UPDATE cell SET wrapped = ? WHERE id = ?')
  }

  /** The number of the new cell. */
  add(name: KeyName, key: Uint8Array): number {
    return this.#insert.run(wrap(this.#masterKey, name, key))
  }

  /** @throws StoreCorrupt unless `wrapped` holds a key that was wrapped by this master key under this name. */
  open(name: KeyName, wrapped: SQLOutputValue | undefined): Uint8Array {
    return unwrap(this.#masterKey, name, wrapped instanceof Uint8Array ? wrapped : new Uint8Array())
  }

  destroy(cell: number): void {
    this.#overwrite.run(new Uint8Array(WRAPPED_LENGTH), cell)
  }
}
