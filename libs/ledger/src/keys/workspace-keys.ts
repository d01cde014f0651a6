import { randomBytes } from 'node:crypto'
import { RecentlyUsed } from '../recently-used.ts'
import type { KeyCells } from './key-cells.ts'
import type { PrivateConnection, PrivateStatement } from './private-database.ts'

/** `index`: what the tokens of references are made with. `reference`: what data subjects' references are kept under. */
export type WorkspaceKeyPurpose = 'index' | 'reference'

const CACHED_WORKSPACES = 256

/** Two random keys per workspace, made once and never rotated. */
export class WorkspaceKeys {
  readonly #cells: KeyCells
  readonly #cache = new RecentlyUsed<string, Uint8Array>(CACHED_WORKSPACES)
  readonly #select: PrivateStatement
  readonly #insert: PrivateStatement

  constructor(db: PrivateConnection, cells: KeyCells) {
    this.#cells = cells
    this.#select = db.prepare('SELECT wrapped FROM workspace_key JOIN cell ON id = cell WHERE workspace = ? AND purpose = ?')
    this.#insert = db.prepare('INSERT INTO workspace_key (workspace, purpose, cell) VALUES (?, ?, ?)')
  }

  find(workspace: string, purpose: WorkspaceKeyPurpose): Uint8Array | null {
    const cached = this.#cache.get(`${purpose}/${workspace}`)
    if (cached !== undefined) return cached
    const row = this.#select.get(workspace, purpose)
    if (row === undefined) return null
    const key = this.#cells.open([purpose, workspace], row.wrapped)
    this.#cache.set(`${purpose}/${workspace}`, key)
    return key
  }

  /** Within a transaction, and not to be looked for before it is committed. */
  make(workspace: string, purpose: WorkspaceKeyPurpose): void {
    if (this.#select.get(workspace, purpose) !== undefined) return
    this.#insert.run(workspace, purpose, this.#cells.add([purpose, workspace], randomBytes(32)))
  }
}
