import { BlockKeys } from './block-keys.ts'
import { eventKeyOf } from './derive-keys.ts'
import { KeptKeys } from './kept-keys.ts'
import { KeyCells } from './key-cells.ts'
import { blockOf } from './key-store.ts'
import type { MasterKey } from './master-key.ts'
import type { PrivateConnection, PrivateStatement } from './private-database.ts'
import { SubjectKeys } from './subject-keys.ts'
import { SubjectReferences } from './subject-references.ts'
import { WebhookKeys } from './webhook-keys.ts'
import { WorkspaceKeys } from './workspace-keys.ts'

/** All tables of one open key store, and what follows from several of them. */
export class KeyTables {
  readonly db: PrivateConnection
  readonly cells: KeyCells
  readonly blocks: BlockKeys
  readonly kept: KeptKeys
  readonly subjects: SubjectKeys
  readonly references: SubjectReferences
  readonly workspaces: WorkspaceKeys
  readonly webhooks: WebhookKeys
  readonly #destructions: PrivateStatement
  readonly #count: PrivateStatement
  #seen: number

  constructor(db: PrivateConnection, masterKey: MasterKey) {
    this.db = db
    this.cells = new KeyCells(db, masterKey)
    this.blocks = new BlockKeys(db, this.cells)
    this.kept = new KeptKeys(db, this.cells)
    this.subjects = new SubjectKeys(db, this.cells)
    this.references = new SubjectReferences(db)
    this.workspaces = new WorkspaceKeys(db, this.cells)
    this.webhooks = new WebhookKeys(db, this.cells)
    this.#destructions = db.prepare(`SELECT value FROM counter WHERE name = 'destructions'`)
    this.#count = db.prepare(`INSERT INTO counter VALUES ('destructions', 1) ON CONFLICT DO UPDATE SET value = value + 1`)
    this.#seen = this.#destroyed()
  }

  eventKey(stream: string, streamVersion: number, eventId: string): Uint8Array | null {
    const block = this.blocks.find(stream, blockOf(streamVersion))
    if (block === null) return null
    if (streamVersion < block.since) return this.kept.eventKey(stream, eventId)
    return block.extracted === null ? null : eventKeyOf(block.extracted, stream, eventId)
  }

  /** Within the transaction that destroys a key. */
  countDestruction(): void {
    this.#count.run()
  }

  noticeDestructions(): void {
    const destroyed = this.#destroyed()
    if (destroyed === this.#seen) return
    this.blocks.forget()
    this.subjects.forget()
    this.#seen = destroyed
  }

  #destroyed(): number {
    return Number(this.#destructions.get()?.value ?? 0)
  }
}
