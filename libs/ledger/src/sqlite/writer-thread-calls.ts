import { Worker } from 'node:worker_threads'
import { type AppendOutcome, AppendUncertain, StoreUnavailable } from '../event-store.ts'
import type { Append } from './event-writer.ts'
import { answer, atEndOfTurn, type WaitingAppend } from './group-commit.ts'
import { packAppends } from './packed-appends.ts'
import {
  type ReadResult,
  receiveFailure,
  type SentSettlement,
  type StreamRead,
  type WriterAnswer,
  type WriterRequest,
  type WriterThreadData,
} from './writer-messages.ts'

interface PendingRead {
  resolve(value: unknown): void
  reject(failure: unknown): void
}

const RESOURCES = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 }

/** One group is committed, the other lies ready for when it is: the callers' thread may be busy then. */
const GROUPS_UNDER_WAY = 2

/**
 * The thread that writes, as others see it. A few groups of appends are under way, committed in the order sent; what comes meanwhile makes
 * the next one, so that groups grow with the load and the commits with their fsync cost the callers' thread nothing.
 */
export class WriterThreadCalls {
  readonly #data: WriterThreadData
  #worker: Worker | null
  #waiting: WaitingAppend[] = []
  readonly #underWay: (readonly WaitingAppend[])[] = []
  #scheduled = false
  readonly #reads = new Map<number, PendingRead>()
  #lastRead = 0
  /** Called when no append waits or is under way. */
  #idle: () => void = () => undefined

  constructor(data: WriterThreadData) {
    this.#data = data
    this.#worker = this.#start()
  }

  append(append: Append): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject })
      if (this.#scheduled || this.#underWay.length >= GROUPS_UNDER_WAY) return
      this.#scheduled = true
      atEndOfTurn(() => this.#send())
    })
  }

  read<Value>(read: StreamRead): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      const call = this.#lastRead++
      this.#reads.set(call, { resolve: (value) => resolve(value as Value), reject })
      this.#post({ kind: 'read', call, read })
    })
  }

  /** What was asked is answered first. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#idle = resolve
      this.#noticeIdle()
    })
    const worker = this.#worker
    if (worker === null) return
    const gone = new Promise((resolve) => worker.once('exit', resolve))
    this.#post({ kind: 'close' })
    await gone
  }

  #start(): Worker {
    const fromSource = import.meta.url.endsWith('.ts')
    const execArgv = ['--disable-warning=ExperimentalWarning', '--conditions=@annal/source']
    const worker = new Worker(new URL(`./writer-thread.${fromSource ? 'ts' : 'js'}`, import.meta.url), {
      workerData: this.#data,
      name: 'event-writer',
      resourceLimits: RESOURCES,
      ...(fromSource ? { execArgv } : {}),
    })
    worker.on('message', (message: WriterAnswer) => this.#receive(message))
    let reason: unknown = null
    worker.on('error', (error) => {
      reason = error
    })
    worker.on('exit', () => this.#ended(worker, reason))
    return worker
  }

  #post(request: WriterRequest, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker ??= this.#start()
    this.#worker.postMessage(request, transfer)
  }

  #send(): void {
    this.#scheduled = false
    const group = this.#waiting
    if (group.length === 0 || this.#underWay.length >= GROUPS_UNDER_WAY) return
    this.#waiting = []
    this.#underWay.push(group)
    const packed = packAppends(group.map(({ append }) => append))
    this.#post({ kind: 'append', group: packed }, [packed.content.buffer])
  }

  #receive(message: WriterAnswer): void {
    switch (message.kind) {
      case 'settled':
        this.#settle(message.settlements)
        break
      case 'read':
        this.#answerRead(message.call, message.result)
    }
  }

  /** The next group goes before the answers to this one, so that both threads have work. */
  #settle(settlements: readonly SentSettlement[]): void {
    const group = this.#underWay.shift() ?? []
    this.#send()
    answer(group, settlements.map(received))
    this.#noticeIdle()
  }

  #noticeIdle(): void {
    if (this.#waiting.length === 0 && this.#underWay.length === 0) this.#idle()
  }

  #answerRead(call: number, result: ReadResult): void {
    const pending = this.#reads.get(call)
    this.#reads.delete(call)
    if (result.status === 'read') pending?.resolve(result.value)
    else pending?.reject(receiveFailure(result.failure))
  }

  /** What was under way may have been committed. The next call starts the thread again. */
  #ended(worker: Worker, reason: unknown): void {
    if (this.#worker === worker) this.#worker = null
    const cause = { cause: reason ?? undefined }
    const groups = this.#underWay.splice(0)
    for (const { reject } of groups.flat()) reject(new AppendUncertain('the thread that writes events ended before it answered', cause))
    for (const { reject } of this.#reads.values()) reject(new StoreUnavailable('the thread that writes events ended', cause))
    this.#reads.clear()
    this.#send()
    this.#noticeIdle()
  }
}

function received(settlement: SentSettlement) {
  return settlement.status === 'stored' ? settlement : ({ status: 'failed', failure: receiveFailure(settlement.failure) } as const)
}
