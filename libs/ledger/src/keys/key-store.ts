/**
 * The keys that personal data at rest depends on (`docs/record-format.md`, "Personal data"). Everything is wrapped by the
 * master key and durable before it is handed out for sealing. Destroying a key is what erasure, redaction and retention do.
 */
export interface KeyStore {
  /** The block keys for these (stream, block) pairs, block = ⌊stream version / 256⌋; missing ones are made, all durable on return. */
  blockKeysForSealing(blocks: readonly BlockRef[]): Uint8Array[]
  /** The event key of a stored event, or null when it was destroyed or never existed. */
  eventKey(stream: string, streamVersion: number, eventId: string): Uint8Array | null
  /** A field key kept on its own because its event key was destroyed to redact a sibling field; null if there is none. */
  keptFieldKey(stream: string, eventId: string, pointer: string): Uint8Array | null
  subjectKey(workspace: string, subject: string): Uint8Array | null
  /** True when the subject once existed and was erased. */
  subjectErased(workspace: string, subject: string): boolean
  /** The `sub_…` id of the sender's own reference, minted at first use. The mapping is an HMAC and goes with the erasure. */
  subjectFor(workspace: string, reference: string): string
  /** The workspace index key (32 bytes), made with the workspace, never rotated. */
  indexKey(workspace: string): Uint8Array
  close(): void
}

export interface BlockRef {
  readonly stream: string
  readonly block: number
}
