/** A call to a worker and its answer, as they travel. */
interface Call {
  readonly call: number
  readonly method: string
  readonly args: readonly unknown[]
}

type Answer =
  | { readonly answer: number; readonly status: 'returned'; readonly value: unknown }
  | { readonly answer: number; readonly status: 'threw'; readonly error: unknown }

/** Functions of a worker, by name. Arguments and results are copied between the threads. */
export type Served = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>

interface Pending {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** What a call travels through: a worker, or one end of a channel. */
export interface CallingEnd {
  on(event: 'message' | 'error' | 'exit' | 'close', listener: (value: unknown) => void): unknown
  postMessage(message: unknown): void
}

/** The calling end. All that waits for a worker fails with the worker. */
export class WorkerCalls {
  private readonly pending = new Map<number, Pending>()
  private readonly worker: CallingEnd
  private next = 0
  private ended: unknown = null

  constructor(worker: CallingEnd) {
    this.worker = worker
    worker.on('message', (message: unknown) => this.settle(message))
    worker.on('error', (error) => this.failAll(error))
    worker.on('exit', () => this.failAll(ended()))
    worker.on('close', () => this.failAll(ended()))
  }

  get waiting(): number {
    return this.pending.size
  }

  call<Result>(method: string, ...args: readonly unknown[]): Promise<Result> {
    if (this.ended !== null) return Promise.reject(this.ended)
    const call = this.next++
    return new Promise<Result>((resolve, reject) => {
      this.pending.set(call, { resolve: (value) => resolve(value as Result), reject })
      const message: Call = { call, method, args }
      this.worker.postMessage(message)
    })
  }

  private settle(message: unknown): void {
    if (!isAnswer(message)) return
    const pending = this.pending.get(message.answer)
    this.pending.delete(message.answer)
    switch (message.status) {
      case 'returned':
        pending?.resolve(message.value)
        break
      case 'threw':
        pending?.reject(message.error)
        break
    }
  }

  private failAll(error: unknown): void {
    this.ended = error
    for (const pending of this.pending.values()) pending.reject(error)
    this.pending.clear()
  }
}

function ended(): Error {
  return new Error('expected the worker to answer, found that it has ended')
}

/** What calls come through: a worker's port, or a process's channel. */
interface AnsweringEnd {
  on(event: 'message', listener: (message: unknown) => void): unknown
  postMessage(message: object): unknown
}

/** The answering end. Calls don't wait for each other. */
export function serveCalls(port: AnsweringEnd, served: Served): void {
  port.on('message', (message: unknown) => {
    if (isCall(message)) void answerCall(port, served, message)
  })
}

async function answerCall(port: AnsweringEnd, served: Served, { call, method, args }: Call): Promise<void> {
  const serve = served[method]
  try {
    if (serve === undefined) throw new Error(`expected a function of the worker, found ${method}`)
    const value = await serve(...(args as never[]))
    post(port, { answer: call, status: 'returned', value })
  } catch (error) {
    post(port, { answer: call, status: 'threw', error })
  }
}

function post(port: AnsweringEnd, answer: Answer): void {
  port.postMessage(answer)
}

function isCall(message: unknown): message is Call {
  return typeof message === 'object' && message !== null && 'call' in message
}

function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'answer' in message
}
