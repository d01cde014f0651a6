import type { EventStoreDBClient } from '@eventstore/db-client'
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { StoreUnavailable } from '../event-store.ts'
import type { AppendAnswer } from './append-answer.ts'
import { AppendCall } from './append-call.ts'
import type { Append } from './append-request.ts'
import { readFailure } from './command-failure.ts'
import { supports } from './server-features.ts'
import { within } from './within.ts'

/** Sends appends over one call at a time and opens the next when that one broke. */
export class Appender {
  readonly #client: EventStoreDBClient
  readonly #deadlineMs: number
  #call: AppendCall | null = null
  #opening: Promise<AppendCall> | null = null

  constructor(client: EventStoreDBClient, deadlineMs: number) {
    this.#client = client
    this.#deadlineMs = deadlineMs
  }

  /** @throws StoreUnavailable: nothing was sent. */
  async append(append: Append): Promise<AppendAnswer> {
    const call = this.#call?.isOpen ? this.#call : await this.#opened()
    return call.send(append, this.#deadlineMs)
  }

  close(): void {
    this.#call?.close()
    this.#call = null
  }

  #opened(): Promise<AppendCall> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  /** Asks the server what it can do before anything is sent: one that is away, or hangs, is found out here. */
  async #open(): Promise<AppendCall> {
    const supported = await within(
      this.#deadlineMs,
      supports(this.#client, streamsService.StreamsService.batchAppend),
      () => new StoreUnavailable(`EventStoreDB: no answer within ${this.#deadlineMs} ms`),
    ).catch((error: unknown) => {
      throw readFailure(error)
    })
    if (!supported) throw new Error('expected a server with BatchAppend (EventStoreDB 21.6 or later), found one without')
    this.#call = await AppendCall.open(this.#client).catch((error: unknown) => {
      throw readFailure(error)
    })
    return this.#call
  }
}
