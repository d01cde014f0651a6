import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { LogRecord } from './log.ts'

/** The server-side filter of reads of $all and subscriptions to it: by prefix or regular expression, on the event type or the stream name. */
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

/** How many events are passed over at once: the caller must say so, or that he leaves it to the server. */
export function hasWindow(options: ReadReq.Options.FilterOptions): boolean {
  return options.hasMax() || options.hasCount()
}
