import type { Position as LogPosition } from '@eventstore/db-client'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams, { type ReadReq } from '@eventstore/db-client/generated/streams_pb.js'

/** Forwards with what stands there, backwards with what stands before; of a stream from a revision, both ways with what stands there. */
export type ReadFrom = {
  readonly direction: 'forwards' | 'backwards'
  /** So many events at most. */
  readonly count: number
} & (
  | {
      readonly position: LogPosition | 'start' | 'end'
      /** Only streams whose names begin with one of these; absent: whatever there is. */
      readonly prefixes?: readonly string[]
    }
  | { readonly stream: string; readonly revision: number | 'end' }
)

/** So many events that don't pass the filter are passed over in one go. By default it is 32, which takes long behind many of them. */
const SEARCH_WINDOW = 1024

/** Events that pass no filter are told of by a checkpoint for so many windows: nobody waits for them. */
const CHECKPOINT_EVERY = 1000

export function readRequest(from: ReadFrom): ReadReq {
  const { ReadDirection } = streams.ReadReq.Options
  const options = newOptions()
    .setReadDirection(from.direction === 'forwards' ? ReadDirection.FORWARDS : ReadDirection.BACKWARDS)
    .setCount(String(from.count))
  if ('stream' in from) options.setStream(streamOptions(from))
  else options.setAll(allOptions(from.position))
  if ('stream' in from || from.prefixes === undefined) options.setNoFilter(new shared.Empty())
  else options.setFilter(streamFilter(from.prefixes))
  return new streams.ReadReq().setOptions(options)
}

/** All that stands behind a position in streams whose names begin with one of `prefixes`, and then what comes. */
export function subscriptionRequest(position: LogPosition | 'start', prefixes: readonly string[]): ReadReq {
  const options = newOptions()
    .setReadDirection(streams.ReadReq.Options.ReadDirection.FORWARDS)
    .setSubscription(new streams.ReadReq.Options.SubscriptionOptions())
    .setAll(allOptions(position))
    .setFilter(streamFilter(prefixes).setCheckpointintervalmultiplier(CHECKPOINT_EVERY))
  return new streams.ReadReq().setOptions(options)
}

function newOptions(): ReadReq.Options {
  return new streams.ReadReq.Options().setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))
}

function streamOptions({ stream, revision }: { readonly stream: string; readonly revision: number | 'end' }) {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream))
  const options = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier)
  return revision === 'end' ? options.setEnd(new shared.Empty()) : options.setRevision(String(revision))
}

function allOptions(position: LogPosition | 'start' | 'end') {
  const options = new streams.ReadReq.Options.AllOptions()
  if (position === 'start') return options.setStart(new shared.Empty())
  if (position === 'end') return options.setEnd(new shared.Empty())
  const { commit, prepare } = position
  return options.setPosition(new streams.ReadReq.Options.Position().setCommitPosition(String(commit)).setPreparePosition(String(prepare)))
}

function streamFilter(prefixes: readonly string[]) {
  const { FilterOptions } = streams.ReadReq.Options
  return new FilterOptions().setStreamIdentifier(new FilterOptions.Expression().setPrefixList([...prefixes])).setMax(SEARCH_WINDOW)
}
