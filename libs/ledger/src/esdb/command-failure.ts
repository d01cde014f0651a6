import { ErrorType, isCommandError } from '@eventstore/db-client'
import { StoreCorrupt, StoreUnavailable } from '../event-store.ts'

/** gRPC statuses. */
const INVALID_ARGUMENT = 3
const UNAUTHENTICATED = 16
export const UNKNOWN_USER = 'EventStoreDB does not know this user and password'
export const NO_RIGHT =
  "EventStoreDB knows this user, but does not let it do this: docker/prepare-event-store.mjs, run once with an administrator's password, sets the rights of Annal's user"
/** Errors without a type: of a cluster no node answers; the client closed the channel between taking it and using it, to open another. */
const UNREACHED = /^(Failed to discover|Channel has been shut down)/

/** What a failed read means to who reads. Errors that are not the client's pass as they are. */
export function readFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (!isCommandError(error))
    return isGrpcError(error) || UNREACHED.test(error.message)
      ? new StoreUnavailable(`EventStoreDB: ${error.message}`, { cause: error })
      : error
  if (error.type === ErrorType.STREAM_DELETED)
    return new StoreCorrupt(`expected a stream, found a tombstone: ${error.message}`, { cause: error })
  if (isAccessDenied(error)) return new StoreUnavailable(isUnauthenticated(error) ? UNKNOWN_USER : NO_RIGHT, { cause: error })
  return new StoreUnavailable(`EventStoreDB: ${error.message}`, { cause: error })
}

export function isStreamNotFound(error: unknown): boolean {
  return error instanceof Error && isCommandError(error) && error.type === ErrorType.STREAM_NOT_FOUND
}

export function isAccessDenied(error: unknown): boolean {
  return error instanceof Error && isCommandError(error) && error.type === ErrorType.ACCESS_DENIED
}

/** Denied because nobody knows who asks: a wrong name or password. */
export function isUnauthenticated(error: unknown): boolean {
  return isAccessDenied(error) && error instanceof Error && 'code' in error && error.code === UNAUTHENTICATED
}

/** The server can't do what it was asked for, now or later: at a position, for one, at which no record of its log begins. */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === INVALID_ARGUMENT
}

/** What older servers say of a position at which no record of their log begins, and of any other read that broke. */
export function isBrokenRead(error: unknown): boolean {
  return error instanceof Error && /Unexpected (Filtered)?ReadAllResult: Error/.test(error.message)
}

/** The server drops a live subscriber that falls behind, and says so with this. */
export function isTooSlow(error: unknown): boolean {
  return error instanceof Error && isCommandError(error) && error.type === ErrorType.TIMEOUT
}

function isGrpcError(error: Error): boolean {
  return 'code' in error && typeof error.code === 'number'
}
