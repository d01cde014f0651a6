import { randomBytes } from 'node:crypto'
import { RecentlyUsed } from '../recently-used.ts'
import type { KeyCells } from './key-cells.ts'
import type { PrivateConnection, PrivateStatement } from './private-database.ts'

/** A stored subject. `cell` is null once it was erased; so is `reference`. */
interface SubjectRow {
  readonly cell: number | null
  readonly reference: number | null
}

const CACHED_SUBJECTS = 8192

/** One random key per data subject. Its row outlives the erasure, so that an erased subject is told from an unknown one. */
export class SubjectKeys {
  readonly #cells: KeyCells
  #cache = new RecentlyUsed<string, Uint8Array>(CACHED_SUBJECTS)
  readonly #key: PrivateStatement
  readonly #row: PrivateStatement
  readonly #insert: PrivateStatement
  readonly #erase: PrivateStatement

  constructor(db: PrivateConnection, cells: KeyCells) {
    this.#cells = cells
    this.#key = db.prepare('SELECT wrapped FROM subject JOIN cell ON cell.id = cell WHERE workspace = ? AND subject.id = ?')
    this.#row = db.prepare('SELECT cell, reference FROM subject WHERE workspace = ? AND id = ?')
    this.#insert = db.prepare('INSERT INTO subject (workspace, id, cell, reference) VALUES (?, ?, ?, ?)')
    this.#erase = db.prepare('UPDATE subject SET cell = NULL, reference = NULL WHERE workspace = ? AND id = ?')
  }

  find(workspace: string, subject: string): Uint8Array | null {
    const cached = this.#cache.get(`${workspace}/${subject}`)
    if (cached !== undefined) return cached
    const row = this.#key.get(workspace, subject)
    if (row === undefined) return null
    const key = this.#cells.open(['subject', workspace, subject], row.wrapped)
    this.#cache.set(`${workspace}/${subject}`, key)
    return key
  }

  row(workspace: string, subject: string): SubjectRow | null {
    const row = this.#row.get(workspace, subject)
    if (row === undefined) return null
    return { cell: row.cell === null ? null : Number(row.cell), reference: row.reference === null ? null : Number(row.reference) }
  }

  /** Within a transaction, and not to be looked for before it is committed. */
  make(workspace: string, subject: string, reference: number): void {
    this.#insert.run(workspace, subject, this.#cells.add(['subject', workspace, subject], randomBytes(32)), reference)
  }

  /** Within a transaction. */
  destroy(workspace: string, subject: string, cell: number): void {
    this.#cells.destroy(cell)
    this.#erase.run(workspace, subject)
  }

  forget(): void {
    this.#cache = new RecentlyUsed(CACHED_SUBJECTS)
  }
}
