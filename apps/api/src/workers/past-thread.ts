import type { Worker } from 'node:worker_threads'
import { reportFault } from '../http/report-fault.ts'
import type { PastBuilder, PastOrder } from '../past/pasts.ts'
import { WorkerCalls } from './calls.ts'
import type { EventSource } from './event-source.ts'
import type { PastProgress } from './past-worker.ts'
import { startWorker } from './start-worker.ts'

/** After so many ms without a build the thread ends: starting it takes longer than folding thousands of events. */
const IDLE = 300_000
/** A build that is to be given up and doesn't end within so many ms, because the store doesn't answer, ends with its thread. */
const STOPS_WITHIN = 1_000

interface Thread {
  readonly worker: Worker
  readonly calls: WorkerCalls
}

/** The thread that builds pasts: started for the first, ended when none was asked for in a while. */
export class PastThread implements PastBuilder {
  private thread: Thread | null = null
  private idle: NodeJS.Timeout | undefined

  constructor(private readonly events: EventSource) {}

  async build(order: PastOrder, progress: (events: number) => void, signal: AbortSignal): Promise<void> {
    clearTimeout(this.idle)
    this.thread ??= this.start()
    const { worker, calls } = this.thread
    const take = (message: unknown) => {
      if (isProgress(message)) progress(message.read)
    }
    let killing: NodeJS.Timeout | undefined
    // A thread that can't be told has ended, and its build with it.
    const stop = () => {
      calls.call('stopBuilding').catch(() => undefined)
      killing = setTimeout(() => worker.terminate(), STOPS_WITHIN)
    }
    worker.on('message', take)
    signal.addEventListener('abort', stop)
    try {
      await calls.call('build', order)
    } finally {
      clearTimeout(killing)
      worker.off('message', take)
      signal.removeEventListener('abort', stop)
      this.idle = setTimeout(() => this.end().catch((error: unknown) => reportFault(error, 'past')), IDLE).unref()
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.idle)
    await this.end()
  }

  private async end(): Promise<void> {
    const { thread } = this
    this.thread = null
    if (thread === null) return
    try {
      await thread.calls.call('stop')
    } catch (error) {
      reportFault(error, 'past') // It has ended by itself: it wrote nothing that anybody needs.
    }
    await thread.worker.terminate()
  }

  private start(): Thread {
    const worker = startWorker('past-worker', this.events)
    const thread = { worker, calls: new WorkerCalls(worker) }
    const gone = () => {
      if (this.thread === thread) this.thread = null
    }
    worker.on('error', (error) => {
      reportFault(error, 'past')
      gone()
    })
    worker.on('exit', gone)
    return thread
  }
}

function isProgress(message: unknown): message is PastProgress {
  return typeof message === 'object' && message !== null && 'read' in message
}
