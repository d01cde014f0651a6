import type { EventStoreDBClient } from '@eventstore/db-client'
import { Subscription } from '@eventstore/db-client/dist/streams/utils/Subscription.js'
import streamsService, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { Position, RecordedEvent, SubscribeFrom } from '../event-store.ts'
import { StoreCorrupt, StoreUnavailable } from '../event-store.ts'
import { isAccessDenied, isBrokenRead, isRefused, isTooSlow, readFailure } from './command-failure.ts'
import { logPosition, positionText } from './log-position.ts'
import { subscriptionRequest } from './read-request.ts'
import { readServer } from './read-server.ts'
import { type ServerEvent, serverEvent } from './server-event.ts'
import { isForeign, recordedEvent, STREAM_PREFIXES } from './stored-event.ts'

const DEFAULT_BATCH = 500
/** So many events are held for a reader who is busy; beyond, the server is not read from, and drops the subscription in the end. */
const BUFFER = 128
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 5000
const LONGEST_LOOK_MS = 10_000
const MOST_MISSED = 6

/**
 * Follows $all from behind `after`, without gap or repeat, over every way in which a subscription ends but `signal`: dropped because the
 * reader was slow, connection lost, server restarted. Each time it goes on behind the last event delivered, if the server still has it.
 * @throws StoreCorrupt, and StoreUnavailable when the credential has no right to read, or the log has no such position.
 */
export async function* subscribe(
  client: EventStoreDBClient,
  { after, signal, batch = DEFAULT_BATCH }: SubscribeFrom,
): AsyncGenerator<RecordedEvent[]> {
  const progress: Progress = { last: after, id: null, failures: 0, interrupted: false, missed: 0 }
  while (!signal.aborted) {
    yield* follow(client, progress, { signal, batch })
    await pause(progress.failures, signal)
  }
}

interface Progress {
  last: Position | null
  /** Of the last event delivered. */
  id: string | null
  /** How often in a row nothing was delivered. */
  failures: number
  /** True from the first end on: a server may come back without what it had, and would leave out all that it records instead. */
  interrupted: boolean
  /** How often in a row the last event was looked for, and the log ended before it or could not be read there. */
  missed: number
}

interface Reading {
  readonly signal: AbortSignal
  readonly batch: number
}

/** One subscription from its beginning to its end. */
async function* follow(client: EventStoreDBClient, progress: Progress, reading: Reading): AsyncGenerator<RecordedEvent[]> {
  try {
    if (progress.interrupted && progress.last !== null) await unlessAborted(reading.signal, requireLast(client, progress, progress.last))
    yield* deliver(open(client, progress.last), progress, reading)
    progress.failures++
  } catch (error) {
    progress.failures = isTooSlow(error) ? 0 : progress.failures + 1
    if (error instanceof StoreCorrupt || isAccessDenied(error) || isRefused(error)) throw readFailure(error)
  } finally {
    progress.interrupted = true
  }
}

async function* deliver(subscription: Subscription<ServerEvent>, progress: Progress, reading: Reading): AsyncGenerator<RecordedEvent[]> {
  try {
    for await (const events of batches(subscription, reading)) {
      const fresh = behind(progress.last, events)
      progress.last = fresh.at(-1)?.position ?? progress.last
      progress.id = fresh.at(-1)?.id ?? progress.id
      progress.failures = 0
      if (fresh.length > 0) yield fresh
    }
  } finally {
    end(subscription)
  }
}

/**
 * A node that follows its leader may not have the event yet, and is asked again.
 * @throws StoreCorrupt, StoreUnavailable
 */
async function requireLast(client: EventStoreDBClient, progress: Progress, last: Position): Promise<void> {
  const from = { position: logPosition(last), direction: 'forwards', count: 1, prefixes: STREAM_PREFIXES } as const
  const [found] = await readServer(client, from, { deadlineMs: LONGEST_LOOK_MS }).catch((error: unknown) => {
    if (isBrokenRead(error)) return []
    throw error
  })
  progress.missed = found === undefined ? progress.missed + 1 : 0
  if (found !== undefined && positionText(found.position) === last && (progress.id ?? found.id) === found.id) return
  const sentence = `expected the event at ${last} that was read before, found another or none: the store went back or was exchanged`
  throw found === undefined && progress.missed < MOST_MISSED ? new StoreUnavailable(sentence) : new StoreCorrupt(sentence)
}

function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort)
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}

function behind(position: Position | null, events: RecordedEvent[]): RecordedEvent[] {
  return position === null ? events : events.filter((event) => event.position > position)
}

/** The client's subscription, but of events as the server sends them. */
function open(client: EventStoreDBClient, after: Position | null): Subscription<ServerEvent> {
  const request = subscriptionRequest(after === null ? 'start' : logPosition(after), STREAM_PREFIXES)
  const call = client['GRPCStreamCreator'](streamsService.StreamsClient, 'subscribe', (grpc: StreamsClient) =>
    grpc.read(request, ...client['callArguments']({}, { deadline: Number.POSITIVE_INFINITY })),
  )
  return new Subscription(call, (sent) => serverEvent(sent.getEvent()), { highWaterMark: BUFFER })
}

/** What has arrived, as it arrives, until the subscription ends or `signal` aborts. */
async function* batches(subscription: Subscription<ServerEvent>, { signal, batch }: Reading): AsyncGenerator<RecordedEvent[]> {
  let wake = () => {}
  let ending: { error: unknown } | null = null
  const finish = (error?: unknown) => {
    ending ??= { error }
    wake()
  }
  const arrived = () => wake()
  const aborted = () => finish()
  subscription.on('readable', arrived).on('end', aborted).on('close', aborted).on('error', finish)
  signal.addEventListener('abort', aborted)
  try {
    while (!signal.aborted) {
      const events = take(subscription, batch)
      if (events.length > 0) yield events
      else if (ending !== null) break
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
    throwEnding(ending)
  } finally {
    signal.removeEventListener('abort', aborted)
  }
}

function throwEnding(ending: { error: unknown } | null): void {
  if (ending?.error !== undefined) throw ending.error
}

function take(subscription: Subscription<ServerEvent>, batch: number): RecordedEvent[] {
  const events: RecordedEvent[] = []
  while (events.length < batch) {
    const event: ServerEvent | null = subscription.read()
    if (event === null) break
    if (!isForeign(event)) events.push(recordedEvent(event))
  }
  return events
}

/** Ends the call too: the client leaves it open when only the reading stops. A connection that never came has nothing to end. */
function end(subscription: Subscription<ServerEvent>): void {
  subscription.destroy()
  subscription.unsubscribe().catch(() => undefined)
}

/** Longer with each failure, and over at once when `signal` aborts. */
function pause(failures: number, signal: AbortSignal): Promise<void> {
  if (failures === 0 || signal.aborted) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS))
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise.finally(() => clearTimeout(timer))
}
