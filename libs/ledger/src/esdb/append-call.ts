import { convertToCommandError, type EventStoreDBClient } from '@eventstore/db-client'
import streamsService, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import { AppendUncertain, StoreUnavailable } from '../event-store.ts'
import { type AppendAnswer, appendAnswer } from './append-answer.ts'
import { type Append, appendRequest } from './append-request.ts'
import { isUnauthenticated, UNKNOWN_USER } from './command-failure.ts'

interface Waiting {
  readonly answer: (answer: AppendAnswer) => void
  readonly timer: NodeJS.Timeout
}

type BatchAppendStream = ReturnType<StreamsClient['batchAppend']>

/**
 * One gRPC call that carries many appends, each answered on its own (BatchAppend).
 *
 * The client has this call too, but in 6.2.1 it keeps the appends of all its calls in one map for the whole process: when one call
 * breaks, the appends of all others are rejected and forgotten, and the next answer to one of those throws where nobody catches it.
 * Here each call knows its own appends; the client gives the channel, the credentials and the messages.
 */
export class AppendCall {
  readonly #call: BatchAppendStream
  readonly #waiting = new Map<string, Waiting>()
  #next = 0
  #open = true

  private constructor(call: BatchAppendStream) {
    this.#call = call
    call.on('data', (response: BatchAppendResp) => this.#settle(response.getCorrelationId()?.getString() ?? '', appendAnswer(response)))
    call.on('error', (error) => this.#break(broken(error)))
    call.on('end', () => this.#break(uncertain('the server ended the call')))
    call.on('close', () => this.#break(uncertain('the call was closed')))
  }

  static async open(client: EventStoreDBClient): Promise<AppendCall> {
    const call = await client['GRPCStreamCreator'](streamsService.StreamsClient, 'batchAppend', (grpc: StreamsClient) =>
      grpc.batchAppend(...client['callArguments']({}, { deadline: Number.POSITIVE_INFINITY })),
    )()
    return new AppendCall(call)
  }

  get isOpen(): boolean {
    return this.#open
  }

  send(append: Append, deadlineMs: number): Promise<AppendAnswer> {
    const correlationId = correlationUuid(this.#next++)
    const request: BatchAppendReq = appendRequest(correlationId, append)
    return new Promise((answer) => {
      const timer = setTimeout(() => this.#settle(correlationId, uncertain(`no answer within ${deadlineMs} ms`)), deadlineMs)
      this.#waiting.set(correlationId, { answer, timer })
      this.#call.write(request)
    })
  }

  close(): void {
    this.#break(uncertain('the store was closed'))
    this.#call.cancel()
  }

  #settle(correlationId: string, answer: AppendAnswer): void {
    const waiting = this.#waiting.get(correlationId)
    if (!waiting) return
    this.#waiting.delete(correlationId)
    clearTimeout(waiting.timer)
    waiting.answer(answer)
  }

  #break(answer: AppendAnswer): void {
    this.#open = false
    for (const correlationId of this.#waiting.keys()) this.#settle(correlationId, answer)
  }
}

/** Unique within one call, which is all that the protocol asks for. */
function correlationUuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** A server that does not know who calls refuses the call at its beginning, and reads no append of it. */
function broken(error: Error): AppendAnswer {
  if (!isUnauthenticated(convertToCommandError(error))) return uncertain(error.message)
  return { status: 'failed', error: new StoreUnavailable(UNKNOWN_USER, { cause: error }) }
}

function uncertain(why: string): AppendAnswer {
  return { status: 'failed', error: new AppendUncertain(`EventStoreDB: ${why}`) }
}
