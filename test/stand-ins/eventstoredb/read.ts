import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerWritableStream } from '@grpc/grpc-js'
import { eventFilter, hasWindow } from './event-filter.ts'
import type { Log, LogRecord } from './log.ts'
import { eventMessage, nameOf, streamNotFoundMessage } from './messages.ts'
import { brokenRead, invalidArgument } from './refusals.ts'

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>

/** Writes with back-pressure; false when the caller has gone. */
export async function send(call: ReadCall, message: ReadResp): Promise<boolean> {
  if (call.cancelled) return false
  if (!call.write(message)) await drained(call)
  return !call.cancelled
}

function drained(call: ReadCall): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done).off('cancelled', done)
      resolve()
    }
    call.on('drain', done).on('cancelled', done)
  })
}

/**
 * Answers a read with an end: of one stream or of $all, either way. Only what passes the filter counts, and a filter without a window is
 * refused (kurrent-io/KurrentDB, src/KurrentDB.Core/Services/Transport/Grpc/Streams.Read.cs; the same in EventStoreDB since 20.6).
 * A server that has found all ends such a read only when it met one more, or the end of the log (Enumerator.ReadAllForwardsFiltered.cs
 * and ReadAllBackwardsFiltered.cs there); `searches` says how long that takes.
 */
export async function answerRead(call: ReadCall, log: Log, options: ReadReq.Options, searches: 'at once' | 'for ever'): Promise<void> {
  const filter = options.getFilter()
  if (filter && !hasWindow(filter)) {
    call.emit('error', invalidArgument("'None' is not a valid WindowOneofCase"))
    return
  }
  if (!log.hasRecordAt(options.getAll()?.getPosition())) {
    call.emit('error', brokenRead(filter ? 'FilteredReadAllResult' : 'ReadAllResult'))
    return
  }
  const count = Number(options.getCount())
  const backwards = options.getReadDirection() === 1
  const stream = options.getStream()
  const name = nameOf(stream?.getStreamIdentifier())
  if (stream && (log.stream(name).length === 0 || log.isDeleted(name))) {
    await send(call, streamNotFoundMessage(name))
    call.end()
    return
  }
  const records = stream ? streamSlice(log.readable(name), stream, backwards) : allSlice(log, options.getAll(), backwards)
  const found = records.filter(eventFilter(filter))
  const last = found[count - 1]
  if (!stream) log.considered += last === undefined ? records.length : records.indexOf(last) + 1
  for (const record of found.slice(0, count)) if (!(await send(call, eventMessage(record)))) return
  if (filter && found.length === count && searches === 'for ever') return
  call.end()
}

function streamSlice(records: readonly LogRecord[], options: ReadReq.Options.StreamOptions, backwards: boolean): readonly LogRecord[] {
  const from = Number(options.getRevision())
  if (backwards) return (options.hasRevision() ? records.filter(({ revision }) => revision <= from) : records).toReversed()
  if (options.hasEnd()) return []
  return options.hasRevision() ? records.filter(({ revision }) => revision >= from) : records
}

/** Forwards from a position includes what stands at it; backwards delivers what stands before it. */
function allSlice(log: Log, options: ReadReq.Options.AllOptions | undefined, backwards: boolean): readonly LogRecord[] {
  const position = options?.getPosition()
  const index = position ? log.indexAt(Number(position.getCommitPosition())) : options?.hasEnd() ? log.records.length : 0
  return backwards ? log.records.slice(0, index).toReversed() : log.records.slice(index)
}
