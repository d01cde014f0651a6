import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { TypedError } from '../http/typed-error.ts'

/**
 * The documents of the dashboard, by SHA-256, as the web build wrote them. With a manifest, sessions may send these and no others: what a
 * stolen session or an injected script can ask is what the dashboard asks. Without one (the web was not built) they may send any.
 */
export class PersistedDocuments {
  private constructor(private readonly documents: ReadonlyMap<string, string> | null) {}

  static load(manifest: string): PersistedDocuments {
    if (!existsSync(manifest)) return new PersistedDocuments(null)
    const entries: Record<string, unknown> = JSON.parse(readFileSync(manifest, 'utf8'))
    const documents = new Map(Object.entries(entries).map(([sha256, document]) => [sha256, String(document)]))
    for (const [sha256, document] of documents) {
      const found = hash('sha256', document, 'hex')
      if (found !== sha256) throw new Error(`expected the persisted document ${sha256} in ${manifest}, found one whose SHA-256 is ${found}`)
    }
    return new PersistedDocuments(documents)
  }

  /** These and those of the manifest, if there is one. */
  with(more: readonly string[]): PersistedDocuments {
    if (this.documents === null) return this
    return new PersistedDocuments(
      new Map([...this.documents, ...more.map((document) => [hash('sha256', document, 'hex'), document] as const)]),
    )
  }

  find(sha256: string): string {
    const document = this.documents?.get(sha256)
    if (document === undefined) throw new TypedError('PERSISTED_DOCUMENT_NOT_FOUND', 'There is no persisted document with this SHA-256.')
    return document
  }

  refuseFree(query: string): void {
    if (this.documents === null || this.documents.has(hash('sha256', query, 'hex'))) return
    throw new TypedError('FREE_DOCUMENT_REFUSED', 'A session may send persisted documents only; use an API key for others.')
  }
}
