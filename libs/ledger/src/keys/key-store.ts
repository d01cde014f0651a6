import type { SealedPath } from '../append/event-draft.ts'

/**
 * The keys that personal data at rest depends on (`docs/record-format.md`, "Personal data"). Everything is wrapped by the
 * master key. Destroying a key is what erasure, redaction and retention do: afterwards what it sealed can't be read again.
 *
 * A reader may stand in any thread or process beside the one writer.
 */
export interface KeyReader {
  /** The event key of a stored event, or null when it was destroyed or never existed. */
  eventKey(stream: string, streamVersion: number, eventId: string): Uint8Array | null
  /** A field key kept on its own because its event key was destroyed to redact a sibling field; null if there is none. */
  keptFieldKey(stream: string, eventId: string, pointer: string): Uint8Array | null
  /** Null when the subject was erased or never existed. */
  subjectKey(workspace: string, subject: string): Uint8Array | null
  /** True when the subject once existed and was erased. */
  subjectErased(workspace: string, subject: string): boolean
  /**
   * The workspace index key (32 bytes), made with the workspace, never rotated.
   * @throws KeyMissing by a reader when the writer never made it.
   */
  indexKey(workspace: string): Uint8Array
  /** Whether the workspace's index key was made already; makes none. */
  hasIndexKey(workspace: string): boolean
  /** The key that signs a webhook's deliveries; null when there is none of this id (any more). */
  webhookKey(workspace: string, webhook: string, id: string): Uint8Array | null
  /** Forgets every cached key if any was destroyed since. Whoever opens events calls it once before each batch. */
  noticeDestructions(): void
  close(): void
}

/** The one writer. What makes keys returns when they are durable. */
export interface KeyStore extends KeyReader {
  /**
   * Makes the missing keys of these blocks in one transaction, durable on return. Called once for all events of a group before
   * they are sealed: a key is durable before its event is appended.
   * @throws StoreFull, StoreUnavailable: none of them was made.
   */
  blockKeysForSealing(blocks: readonly BlockRef[]): void
  /** The event key to seal with. Makes the block's key, durable, if `blockKeysForSealing` was not called for it. */
  eventKeyForSealing(stream: string, streamVersion: number, eventId: string): Uint8Array
  /** The `sub_…` id of the sender's own reference, minted at first use. The mapping is an HMAC and goes with the erasure. */
  subjectFor(workspace: string, reference: string): string
  /** The same, but null where the reference stands for none, or for one that was erased. */
  findSubject(workspace: string, reference: string): string | null
  /** A new random key for a webhook, durable on return. The others stay until `keepWebhookKey`. */
  makeWebhookKey(workspace: string, webhook: string, id: string): Uint8Array
  /** Destroys all keys of the webhook but this one. */
  keepWebhookKey(workspace: string, webhook: string, id: string): void
  /** Erases a data subject: its key, every kept key made with it, and its reference. Repeating it finishes what a crash cut short. */
  destroySubject(workspace: string, subject: string): Destruction
  /** Destroys one field's key and no other field's. Repeating it finishes what a crash cut short. */
  redactField(redaction: FieldRedaction): Destruction
  /** Destroys the keys of these events and of no others. Repeating it finishes what a crash cut short. */
  expirePayloads(expiries: readonly PayloadExpiry[]): Destruction
}

/** Stream versions 256·block … 256·block + 255 of a stream, which share a block key. */
export interface BlockRef {
  readonly stream: string
  readonly block: number
}

export const BLOCK_SIZE = 256

export function blockOf(streamVersion: number): number {
  return Math.floor(streamVersion / BLOCK_SIZE)
}

/**
 * `destroyed`: the keys are gone from the database, its log and every cache of this process; other readers forget them at their
 * next `noticeDestructions`. `nothing-left`: so they were before (or never existed).
 */
export interface Destruction {
  readonly status: 'destroyed' | 'nothing-left'
}

/** A stored event, as far as its keys need to know it. */
export interface SealedEvent {
  readonly workspace: string
  readonly stream: string
  readonly streamVersion: number
  readonly id: string
}

/** Nothing may be appended to the stream between reading `blockEvents` and the end of the call. */
export interface FieldRedaction {
  readonly event: SealedEvent
  /** The field to redact, one of `fields`. */
  readonly pointer: string
  /** All sealed fields of the event, digests included: the others stay readable. */
  readonly fields: readonly SealedPath[]
  readonly blockEvents: BlockEvents
}

/** Nothing may be appended to the stream between reading `blockEvents` and the end of the call. */
export interface PayloadExpiry extends BlockRef {
  /** Ids out of `blockEvents`. */
  readonly events: readonly string[]
  readonly blockEvents: BlockEvents
}

/** The ids of all stored events of a block, in stream order: the i-th has stream version 256·block + i. */
export type BlockEvents = readonly string[]
