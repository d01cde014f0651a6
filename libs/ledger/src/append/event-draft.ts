/**
 * An event before it is recorded: parsed, authorised, with the actor of the credential, still in plain text.
 * The ledger adds stream version, recordedAt and salt, seals the marked fields and builds the event bytes.
 */
export interface EventDraft {
  readonly id: string
  readonly type: string
  readonly version: number
  readonly workspace: string
  readonly stream: string
  readonly about: readonly string[]
  readonly actor: Actor
  readonly occurredAt: string
  readonly correlationId: string | null
  readonly causationId: string | null
  /** Plain text. Digests of inputs about people stand as SHA-256 (hex) where their HMAC will be stored. */
  readonly data: Readonly<Record<string, unknown>>
  readonly sealed: readonly SealedPath[]
  /** The stream version the sender saw (-1: no stream), or null for "whatever it is". */
  readonly expectedVersion: number | null
}

export interface Actor {
  readonly kind: 'person' | 'service'
  readonly id: string
}

/** A field of `data` that is not stored in plain text. `pointer` is an RFC 6901 JSON Pointer into `data`. */
export interface SealedPath {
  readonly pointer: string
  /** `encrypted`: AES-256-GCM of the value's JCS. `digest`: HMAC under the field key of the SHA-256 that stands there. */
  readonly how: 'encrypted' | 'digest'
  /** The data subject (`sub_…`) whose erasure destroys it, or null. */
  readonly subject: string | null
}

/** What the record answers for an event: where it stands, made from what was read back or acknowledged. */
export interface Receipt {
  readonly status: 'recorded'
  readonly id: string
  readonly stream: string
  readonly streamVersion: number
  readonly position: string
  readonly recordedAt: string
  /** True when this id was recorded before and this is that first receipt again. */
  readonly repeated: boolean
  /** True when the event was recorded before and its key is gone: that the content is the same can't be judged. */
  readonly erased: boolean
}

/**
 * `LooksSealed`: the data holds an object that would pass for a sealed field. `LogBehindPublishedHead`: the workspace's log is closed,
 * because the record doesn't extend a head that was signed. Of the others the message says all.
 */
export type RefusalCode =
  | 'ContentDiffers'
  | 'WrongExpectedVersion'
  | 'SiblingRefused'
  | 'StreamPartTooLarge'
  | 'EventTooLarge'
  | 'ClockSkew'
  | 'SubjectErased'
  | 'SubjectUnknown'
  | 'LooksSealed'
  | 'LogBehindPublishedHead'

export interface Refusal {
  readonly status: 'refused'
  readonly id: string
  readonly code: RefusalCode
  readonly message: string
}

export type RecordOutcome = Receipt | Refusal
