import {
  type AppendOutcome,
  InvalidEventId,
  type RecordedEvent,
  StoreCorrupt,
  StoreFull,
  StoreLocked,
  StoreUnavailable,
  StoreVersionMismatch,
  type StreamSlice,
} from '../event-store.ts'
import type { PackedAppends } from './packed-appends.ts'

/** What the writing thread is told to open. */
export interface WriterThreadData {
  readonly file: string
  /** Memory of the signal that each commit announces. */
  readonly commits: SharedArrayBuffer
}

/** To the writing thread. At most one group is under way. */
export type WriterRequest =
  | { readonly kind: 'append'; readonly group: PackedAppends }
  | { readonly kind: 'read'; readonly call: number; readonly read: StreamRead }
  | { readonly kind: 'close' }

/** What is read of one stream: the thread that writes knows what its index tables don't hold yet. */
export type StreamRead =
  | { readonly of: 'slice'; readonly stream: string; readonly slice: StreamSlice }
  | { readonly of: 'version'; readonly stream: string }
  | { readonly of: 'event'; readonly stream: string; readonly id: string }

export type WriterAnswer =
  /** One for each append of the group, in its order. */
  | { readonly kind: 'settled'; readonly settlements: readonly SentSettlement[] }
  | { readonly kind: 'read'; readonly call: number; readonly result: ReadResult }

export type SentSettlement =
  | { readonly status: 'stored'; readonly outcome: AppendOutcome }
  | { readonly status: 'failed'; readonly failure: SentFailure }

export type ReadResult =
  | { readonly status: 'read'; readonly value: readonly RecordedEvent[] | RecordedEvent | number | null }
  | { readonly status: 'failed'; readonly failure: SentFailure }

/** An error on its way: cloning one loses its class. */
export interface SentFailure {
  readonly name: string
  readonly message: string
  readonly stack: string
}

const failures = [InvalidEventId, StoreFull, StoreUnavailable, StoreCorrupt, StoreLocked, StoreVersionMismatch]

export function sendFailure(failure: unknown): SentFailure {
  if (!(failure instanceof Error)) return { name: 'Error', message: String(failure), stack: '' }
  return { name: failure.name, message: failure.message, stack: failure.stack ?? '' }
}

export function receiveFailure({ name, message, stack }: SentFailure): Error {
  const kind = failures.find((known) => known.name === name) ?? Error
  return new kind(message, { cause: stack })
}
