import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { LogRecord } from './log.ts'

/** The server-side filter of a subscription to $all: by prefix or regular expression, on the event type or the stream name. */
export function eventFilter(options: ReadReq.Options.FilterOptions | undefined): (record: LogRecord) => boolean {
  const onType = options?.getEventType()
  const expression = onType ?? options?.getStreamIdentifier()
  if (!expression) return () => true
  const prefixes = expression.getPrefixList()
  const regex = expression.getRegex() ? new RegExp(expression.getRegex()) : null
  return (record) => {
    const text = onType ? record.type : record.stream
    return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix))
  }
}
