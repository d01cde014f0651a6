/**
 * The port to an event store. Two adapters stand behind it (SQLite, EventStoreDB) and one contract suite
 * (`event-store.contract.ts`) says what both must do. A store knows bytes, names and order, never meaning.
 *
 * Position: where an event stands in the store's one global order; the same on every replay, with gaps allowed.
 * Stream version: 0-based, without gaps, within one stream.
 */
export type Position = string & { readonly __brand: 'Position' }

/** The version of an empty stream, as an expected version: "the stream does not exist yet". */
export const NO_STREAM = -1

/** An event as it goes into the store. `bytes` are the RFC 8785 event bytes; `salt` stands beside them. */
export interface NewEvent {
  readonly id: string
  readonly type: string
  readonly streamVersion: number
  readonly bytes: Uint8Array
  readonly salt: Uint8Array
  readonly correlationId: string | null
  readonly causationId: string | null
}

/** An event as it comes back: id, type, stream and version are the store's own and equal those in `bytes`. */
export interface RecordedEvent {
  readonly position: Position
  readonly stream: string
  readonly streamVersion: number
  readonly id: string
  readonly type: string
  readonly bytes: Uint8Array
  readonly salt: Uint8Array
}

/**
 * `conflict`: the stream stands at another version than expected. `known`: it stands there, but holds these ids already (only stores
 * with `refusesKnownIds` say so). In both cases nothing of the append was stored.
 */
export type AppendOutcome =
  | { readonly status: 'appended'; readonly positions: readonly Position[] }
  | { readonly status: 'conflict'; readonly actual: number }
  | { readonly status: 'known'; readonly ids: readonly string[] }

/** The one UUID that is no event's id: EventStoreDB takes it for "none". */
export const NIL_EVENT_ID = '00000000-0000-0000-0000-000000000000'

/** @throws InvalidEventId for the nil UUID. */
export function requireEventIds(events: readonly { readonly id: string }[]): void {
  for (const { id } of events) if (id === NIL_EVENT_ID) throw new InvalidEventId('expected the id of an event, found the nil UUID')
}

/** What one append may store at most, as the sum of `storedSize`: EventStoreDB refuses above 1 MiB. */
export const APPEND_LIMIT = 900 * 1024

/** An upper bound of the bytes that an event takes in either store: its bytes, and what stands beside them. */
export function storedSize(event: Omit<NewEvent, 'streamVersion'>): number {
  const beside = event.salt.length * 2 + event.type.length * 2 + (event.correlationId?.length ?? 0) + (event.causationId?.length ?? 0)
  return event.bytes.length + beside + 96
}

export interface StreamSlice {
  /** First version to deliver (inclusive). Default: 0 forwards, the newest backwards. */
  readonly from?: number
  readonly direction: 'forwards' | 'backwards'
  readonly limit: number
}

export interface AllSlice {
  /** Deliver what stands behind this position (exclusive); null: from the beginning. */
  readonly after: Position | null
  readonly limit: number
  /** Only streams whose name begins so. */
  readonly streamPrefix?: string
  /** As in `SubscribeFrom`; not together with `streamPrefix`. */
  readonly types?: readonly string[]
}

/** Reading, which any number of threads and processes may do at once. */
export interface EventReader {
  readStream(stream: string, slice: StreamSlice): Promise<RecordedEvent[]>
  /** The newest version of a stream, or NO_STREAM. */
  streamVersion(stream: string): Promise<number>
  /** The event with this id in this stream, wherever it stands. */
  findEvent(stream: string, id: string): Promise<RecordedEvent | null>
  readAll(slice: AllSlice): Promise<RecordedEvent[]>
  /** The position of the newest event, or null in an empty store. */
  head(): Promise<Position | null>
  /** The newest event, or null in an empty store. */
  newest(): Promise<RecordedEvent | null>
  /** How many events stand behind a position; at most `bound`, because EventStoreDB has to read them. */
  countAfter(after: Position | null, bound: number): Promise<number>
  /**
   * Everything behind `after`, then everything that comes, in order, without gap or repeat, until `signal` aborts.
   * Batches hold at most `batch` events (default 500).
   */
  subscribe(from: SubscribeFrom): AsyncIterable<RecordedEvent[]>
  close(): Promise<void>
}

export interface SubscribeFrom {
  readonly after: Position | null
  readonly signal: AbortSignal
  readonly batch?: number
  /**
   * Whoever needs no other types says so: then events of others may be left out, which a store can do much faster than deliver them.
   * Now and then one of them comes all the same, so that its position can be kept.
   */
  readonly types?: readonly string[]
}

export interface EventStore extends EventReader {
  /**
   * True when `append` itself answers `known` for an id that the stream holds. Otherwise a repeated id is stored again, unless it is the
   * very same append (ids and expected version) as one before: who appends must know the ids up to the version he expects.
   */
  readonly refusesKnownIds: boolean
  /**
   * Appends all of `events` (at least one) to `stream` or none. Resolves `appended` only when these very bytes and salts are durable.
   * `events[i].streamVersion` is `expectedVersion + 1 + i`. Of the very same append sent again the answer is the first one or `conflict`;
   * other events under the same ids at the same expected version are a `conflict`, though EventStoreDB itself calls that a success.
   * @throws StoreFull, StoreUnavailable, InvalidEventId: nothing was stored.
   * @throws AppendUncertain: it may or may not have been stored; send the very same events again.
   */
  append(stream: string, expectedVersion: number, events: readonly NewEvent[]): Promise<AppendOutcome>
}

/** Total order of positions of one store. */
export function comparePositions(a: Position, b: Position): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** An id that no store takes. Nothing was stored, and never will be under this id. */
export class InvalidEventId extends Error {
  override readonly name = 'InvalidEventId'
}

/** The disk (or the store) has no room. Nothing was stored; room heals it. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull'
}

/** The store takes no append, or no event, of this size. Nothing was stored; only a smaller one will be. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge'
}

/** The store can't be reached. Nothing was stored; a later attempt may succeed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/** The answer of an append was lost. The same events, byte for byte, must be sent again to learn what happened. */
export class AppendUncertain extends Error {
  override readonly name = 'AppendUncertain'
}

/** Somebody else holds the store for writing. One process writes; any number may read. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked'
}

/** The store was written by another version of Annal than this one can open. */
export class StoreVersionMismatch extends Error {
  override readonly name = 'StoreVersionMismatch'
}

/** What the store holds is not what Annal wrote. Reading stops. */
export class StoreCorrupt extends Error {
  override readonly name = 'StoreCorrupt'
}
