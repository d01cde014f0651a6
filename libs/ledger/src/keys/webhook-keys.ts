import { randomBytes } from 'node:crypto'
import type { KeyCells } from './key-cells.ts'
import type { PrivateConnection, PrivateStatement } from './private-database.ts'

/** The keys that sign webhook deliveries. A webhook has one at a time: a new one takes the place of the last. */
export class WebhookKeys {
  readonly #cells: KeyCells
  readonly #select: PrivateStatement
  readonly #insert: PrivateStatement
  readonly #delete: PrivateStatement

  constructor(db: PrivateConnection, cells: KeyCells) {
    this.#cells = cells
    this.#select = db.prepare(
      'SELECT wrapped FROM webhook_key JOIN cell ON cell.id = cell WHERE workspace = ? AND webhook = ? AND webhook_key.id = ?',
    )
    this.#insert = db.prepare('INSERT INTO webhook_key (workspace, webhook, id, cell) VALUES (?, ?, ?, ?)')
    this.#delete = db.prepare('DELETE FROM webhook_key WHERE workspace = ? AND webhook = ? AND id <> ? RETURNING cell')
  }

  find(workspace: string, webhook: string, id: string): Uint8Array | null {
    const row = this.#select.get(workspace, webhook, id)
    return row === undefined ? null : this.#cells.open(['webhook', workspace, webhook, id], row.wrapped)
  }

  /** Within a transaction. */
  make(workspace: string, webhook: string, id: string): Uint8Array {
    const key = randomBytes(32)
    this.#insert.run(workspace, webhook, id, this.#cells.add(['webhook', workspace, webhook, id], key))
    return key
  }

  /** Within a transaction: destroys all keys of the webhook but this one. */
  keepOnly(workspace: string, webhook: string, id: string): void {
    for (const row of this.#delete.all(workspace, webhook, id)) this.#cells.destroy(Number(row.cell))
  }
}
