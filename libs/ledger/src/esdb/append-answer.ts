import codes from '@eventstore/db-client/generated/code_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import { AppendTooLarge, AppendUncertain, NO_STREAM, type Position, StoreCorrupt, StoreUnavailable } from '../event-store.ts'
import { NO_RIGHT } from './command-failure.ts'
import { positionText } from './log-position.ts'

/** `lastPosition`: where the last event of the append stands, if the server said so. */
export type AppendAnswer =
  | { readonly status: 'appended'; readonly lastPosition: Position | null }
  | { readonly status: 'conflict'; readonly actual: number }
  | { readonly status: 'failed'; readonly error: Error }

/** What the server said of an append, by the type of its details. */
export function appendAnswer(response: BatchAppendResp): AppendAnswer {
  const success = response.getSuccess()
  if (!success) return refusedAnswer(response)
  const position = success.getPosition()
  const lastPosition = position
    ? positionText({ commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) })
    : null
  return { status: 'appended', lastPosition }
}

function refusedAnswer(response: BatchAppendResp): AppendAnswer {
  const details = response.getError()?.getDetails()
  const type = details?.getTypeName() ?? ''
  if (details && type === 'event_store.client.WrongExpectedVersion') {
    const wrong = shared.WrongExpectedVersion.deserializeBinary(details.getValue_asU8())
    return { status: 'conflict', actual: wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : NO_STREAM }
  }
  const message = `EventStoreDB: ${response.getError()?.getMessage() || type || 'an error without details'}`
  // The server says nothing but Empty when it did not handle the append, and when it broke while it did.
  const broke = response.getError()?.getCode() === codes.Code.INTERNAL
  return { status: 'failed', error: broke ? new AppendUncertain(message) : failure(type, message) }
}

/** Of an unknown type nobody knows what was stored. */
function failure(type: string, message: string): Error {
  switch (type.replace(/^event_store\.client\./, '')) {
    case 'MaximumAppendSizeExceeded':
    case 'MaximumAppendEventSizeExceeded':
      return new AppendTooLarge(message)
    case 'StreamDeleted':
      return new StoreCorrupt(`expected a stream, found a tombstone: ${message}`)
    case 'AccessDenied':
      return new StoreUnavailable(NO_RIGHT)
    case 'BadRequest':
      return new Error(message)
    case 'google.protobuf.Empty': // not ready, too busy: the request was not handled
      return new StoreUnavailable(message)
    default:
      return new AppendUncertain(message)
  }
}
