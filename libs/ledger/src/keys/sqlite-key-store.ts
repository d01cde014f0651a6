import { eventKeyOf } from './derive-keys.ts'
import {
  destroyExpiredInTransaction,
  destroyFieldInTransaction,
  destroySubjectInTransaction,
  emptyLog,
  keepSiblingsInTransaction,
  keepUnexpiredInTransaction,
} from './destroy-keys.ts'
import { type BlockRef, blockOf, type Destruction, type FieldRedaction, type KeyStore, type PayloadExpiry } from './key-store.ts'
import { SqliteKeyReader } from './sqlite-key-reader.ts'
import { mintSubjectId, referenceMac } from './subject-references.ts'
import type { WorkspaceKeyPurpose } from './workspace-keys.ts'

export class SqliteKeyStore extends SqliteKeyReader implements KeyStore {
  blockKeysForSealing(blocks: readonly BlockRef[]): void {
    this.noticeDestructions()
    const missing = blocks.filter(({ stream, block }) => (this.tables.blocks.find(stream, block)?.extracted ?? null) === null)
    if (missing.length === 0) return
    this.#commit(() => {
      for (const block of missing) this.tables.blocks.make(block)
    })
  }

  eventKeyForSealing(stream: string, streamVersion: number, eventId: string): Uint8Array {
    const block = blockOf(streamVersion)
    const found = this.tables.blocks.find(stream, block)
    if (found === null || found.extracted === null) {
      this.blockKeysForSealing([{ stream, block }])
      return this.eventKeyForSealing(stream, streamVersion, eventId)
    }
    if (streamVersion < found.since) {
      throw new Error(
        `expected a version from ${found.since} on to seal in ${stream}, found ${streamVersion}: older keys of its block are gone`,
      )
    }
    return eventKeyOf(found.extracted, stream, eventId)
  }

  subjectFor(workspace: string, reference: string): string {
    const mac = referenceMac(this.#workspaceKey(workspace, 'reference'), reference)
    const { references, subjects } = this.tables
    return (
      references.find(workspace, mac) ??
      this.#commit(() => {
        const known = references.find(workspace, mac)
        if (known !== null) return known
        const subject = mintSubjectId()
        subjects.make(workspace, subject, references.add(workspace, mac, subject))
        return subject
      })
    )
  }

  findSubject(workspace: string, reference: string): string | null {
    return this.tables.references.find(workspace, referenceMac(this.#workspaceKey(workspace, 'reference'), reference))
  }

  override indexKey(workspace: string): Uint8Array {
    return this.#workspaceKey(workspace, 'index')
  }

  makeWebhookKey(workspace: string, webhook: string, id: string): Uint8Array {
    return this.#commit(() => this.tables.webhooks.make(workspace, webhook, id))
  }

  keepWebhookKey(workspace: string, webhook: string, id: string): void {
    this.#commit(() => this.tables.webhooks.keepOnly(workspace, webhook, id))
  }

  destroySubject(workspace: string, subject: string): Destruction {
    return this.#destroy(() => destroySubjectInTransaction(this.tables, workspace, subject))
  }

  redactField(redaction: FieldRedaction): Destruction {
    this.noticeDestructions()
    this.#commit(() => keepSiblingsInTransaction(this.tables, redaction))
    return this.#destroy(() => destroyFieldInTransaction(this.tables, redaction))
  }

  expirePayloads(expiries: readonly PayloadExpiry[]): Destruction {
    this.noticeDestructions()
    this.#commit(() => {
      for (const expiry of expiries) keepUnexpiredInTransaction(this.tables, expiry)
    })
    return this.#destroy(() => expiries.map((expiry) => destroyExpiredInTransaction(this.tables, expiry)).includes(true))
  }

  #destroy(inOneTransaction: () => boolean): Destruction {
    const destroyed = this.#commit(inOneTransaction)
    this.noticeDestructions()
    emptyLog(this.tables)
    return { status: destroyed ? 'destroyed' : 'nothing-left' }
  }

  #workspaceKey(workspace: string, purpose: WorkspaceKeyPurpose): Uint8Array {
    const { workspaces } = this.tables
    const found = workspaces.find(workspace, purpose)
    if (found !== null) return found
    this.#commit(() => workspaces.make(workspace, purpose))
    return this.#workspaceKey(workspace, purpose)
  }

  #commit<Result>(work: () => Result): Result {
    return this.tables.db.transaction(work)
  }
}
