import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import { eventFilter } from './event-filter.ts'
import type { Log, LogRecord } from './log.ts'
import { checkpointMessage, confirmationMessage, eventMessage } from './messages.ts'
import { type ReadCall, send } from './read.ts'
import { consumerTooSlow, invalidArgument } from './refusals.ts'

/** A live subscriber may be so many events behind before the server drops it. */
const LIVE_BUFFER = 32
const PAGE = 32

/**
 * A catch-up subscription to $all: confirmation, history in pages, then live until the caller goes or is too slow. A position at which no
 * record begins is refused (InvalidPosition in kurrent-io/KurrentDB, Enumerator.AllSubscriptionFiltered.cs and RpcExceptions.cs).
 */
export async function answerSubscription(call: ReadCall, log: Log, options: ReadReq.Options): Promise<void> {
  if (!log.hasRecordAt(options.getAll()?.getPosition())) {
    call.emit('error', invalidArgument('Trying to read from an invalid position.'))
    return
  }
  const subscription = new AllSubscription(call, log, options)
  if (!(await send(call, confirmationMessage(crypto.randomUUID())))) return
  await subscription.catchUp()
  subscription.goLive()
}

class AllSubscription {
  readonly #call: ReadCall
  readonly #log: Log
  readonly #wanted: (record: LogRecord) => boolean
  readonly #checkpointEvery: number
  readonly #live: LogRecord[] = []
  #next: number
  #considered = 0
  #pumping = false
  #dropped = false

  constructor(call: ReadCall, log: Log, options: ReadReq.Options) {
    const filter = options.getFilter()
    this.#call = call
    this.#log = log
    this.#wanted = eventFilter(filter)
    this.#checkpointEvery = filter
      ? (filter.hasMax() ? filter.getMax() : PAGE) * filter.getCheckpointintervalmultiplier()
      : Number.POSITIVE_INFINITY
    this.#next = firstIndex(log, options.getAll())
  }

  async catchUp(): Promise<void> {
    while (this.#next < this.#log.records.length && !this.#call.cancelled) {
      const page = this.#log.records.slice(this.#next, this.#next + PAGE)
      this.#next += page.length
      for (const record of page) if (!(await this.#deliver(record))) return
    }
  }

  /** From here on records come as they are written, a few at a time, as from a server with threads of its own. */
  goLive(): void {
    const publish = () => {
      for (const record of this.#log.records.slice(this.#next, this.#next + PAGE / 2)) {
        this.#next++
        this.#offer(record)
      }
      if (this.#next < this.#log.records.length && !this.#dropped) setImmediate(publish)
    }
    const unsubscribe = this.#log.onRecord(() => setImmediate(publish))
    this.#call.once('cancelled', unsubscribe)
    this.#call.once('error', unsubscribe)
    publish()
  }

  #offer(record: LogRecord): void {
    if (this.#dropped || this.#call.cancelled) return
    if (this.#live.length >= LIVE_BUFFER) {
      this.#dropped = true
      this.#call.emit('error', consumerTooSlow())
      return
    }
    this.#live.push(record)
    if (!this.#pumping) void this.#pump()
  }

  async #pump(): Promise<void> {
    this.#pumping = true
    for (let record = this.#live.shift(); record && !this.#dropped; record = this.#live.shift()) if (!(await this.#deliver(record))) break
    this.#pumping = false
  }

  async #deliver(record: LogRecord): Promise<boolean> {
    this.#considered++
    const open = this.#wanted(record) ? await send(this.#call, eventMessage(record)) : !this.#call.cancelled
    if (!open || this.#considered < this.#checkpointEvery) return open
    this.#considered = 0
    return send(this.#call, checkpointMessage(record.position))
  }
}

/** A given position is the last one that the subscriber has. */
function firstIndex(log: Log, options: ReadReq.Options.AllOptions | undefined): number {
  const position = options?.getPosition()
  if (position) return log.indexAt(Number(position.getCommitPosition()) + 1)
  return options?.hasEnd() ? log.records.length : 0
}
