import { AppendTooLarge, StoreFull, StoreUnavailable } from '@annal/ledger'
import { describeError } from '../http/describe-error.ts'
import { TypedError } from '../http/typed-error.ts'

/**
 * What stops the part of one stream may leave those of others recorded, so who sent events of several is not told that nothing was.
 * `streams`: how many the call is for.
 */
export function partlyRecorded(error: unknown, streams: number): unknown {
  if (streams < 2 || !(error instanceof StoreFull || error instanceof StoreUnavailable || error instanceof AppendTooLarge)) return error
  return new TypedError(
    describeError(error).code,
    `${reason(error)} Those of some streams may be recorded, those of others are not. ${again(error)}`,
  )
}

type Stopped = StoreFull | StoreUnavailable | AppendTooLarge

function reason(error: Stopped): string {
  if (error instanceof StoreFull) return 'The event store has no room for all of the events.'
  if (error instanceof StoreUnavailable) return 'The event store cannot be reached for all of the events.'
  return 'The event store takes no append of this size.'
}

function again(error: Stopped): string {
  const how = error instanceof AppendTooLarge ? ', fewer or smaller ones at once' : ''
  return `Send the same events again${how}: each will be there once.`
}
