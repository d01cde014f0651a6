import type { KeyReader } from './key-store.ts'
import type { KeyTables } from './key-tables.ts'

/** A key that the writer makes was asked for before it was made. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing'
}

export class SqliteKeyReader implements KeyReader {
  protected readonly tables: KeyTables

  constructor(tables: KeyTables) {
    this.tables = tables
  }

  eventKey(stream: string, streamVersion: number, eventId: string): Uint8Array | null {
    return this.tables.eventKey(stream, streamVersion, eventId)
  }

  keptFieldKey(stream: string, eventId: string, pointer: string): Uint8Array | null {
    return this.tables.kept.fieldKey(stream, eventId, pointer)
  }

  subjectKey(workspace: string, subject: string): Uint8Array | null {
    return this.tables.subjects.find(workspace, subject)
  }

  subjectErased(workspace: string, subject: string): boolean {
    const row = this.tables.subjects.row(workspace, subject)
    return row !== null && row.cell === null
  }

  indexKey(workspace: string): Uint8Array {
    const key = this.tables.workspaces.find(workspace, 'index')
    if (key === null) throw new KeyMissing(`expected the index key of ${workspace} in the key store, found none`)
    return key
  }

  hasIndexKey(workspace: string): boolean {
    return this.tables.workspaces.find(workspace, 'index') !== null
  }

  webhookKey(workspace: string, webhook: string, id: string): Uint8Array | null {
    return this.tables.webhooks.find(workspace, webhook, id)
  }

  noticeDestructions(): void {
    this.tables.noticeDestructions()
  }

  close(): void {
    this.tables.db.close()
  }
}
