import type { Worker } from 'node:worker_threads'
import { reportFault } from '../http/report-fault.ts'
import type { ViewName, ViewReport, ViewsStatus } from '../serve/views-status.ts'
import { WorkerCalls } from './calls.ts'
import type { Purge } from './purge-text-of.ts'
import { startWorker } from './start-worker.ts'
import type { ViewsFiles } from './views-worker.ts'

const RESTART_AFTER = 1_000

/** The threads that keep views up to date, and what each of them shows. */
const KEPT_BY = {
  'projector-worker': ['audit-trail', 'registers'],
  'text-worker': ['audit-trail-text'],
} as const satisfies Readonly<Record<string, readonly ViewName[]>>

/** One such thread. If it dies it is started again and goes on from its cursors. */
class ViewsThread {
  private worker: Worker
  private calls: WorkerCalls
  private closed = false

  constructor(
    private readonly name: keyof typeof KEPT_BY,
    private readonly files: ViewsFiles,
    private readonly views: ViewsStatus,
  ) {
    this.worker = this.start()
    this.calls = new WorkerCalls(this.worker)
  }

  call(method: 'rebuild' | 'purge', ...args: readonly unknown[]): Promise<void> {
    return this.calls.call(method, ...args)
  }

  async close(): Promise<void> {
    this.closed = true
    try {
      await this.calls.call('stop')
    } catch (error) {
      reportFault(error, 'projector') // It has ended by itself: its cursors are where its last transaction left them.
    }
    await this.worker.terminate()
  }

  private start(): Worker {
    const worker = startWorker(this.name, this.files)
    worker.on('message', (message: unknown) => {
      if (isReport(message)) this.views.report(message)
    })
    worker.on('error', (error) => reportFault(error, 'projector'))
    worker.on('exit', () => this.restart())
    return worker
  }

  private restart(): void {
    if (this.closed) return
    this.views.lost(KEPT_BY[this.name], 'the projector ended')
    setTimeout(() => {
      if (this.closed) return
      this.worker = this.start()
      this.calls = new WorkerCalls(this.worker)
    }, RESTART_AFTER).unref()
  }
}

/** What keeps the views up to date. Words take the most work, so that they have a thread of their own and nothing else waits for them. */
export class Projector {
  private readonly tables: ViewsThread
  private readonly text: ViewsThread

  constructor(files: ViewsFiles, views: ViewsStatus) {
    this.tables = new ViewsThread('projector-worker', files, views)
    this.text = new ViewsThread('text-worker', files, views)
  }

  /** Resolves when the views were built anew and readers see the new ones. */
  async rebuild(): Promise<void> {
    await Promise.all([this.tables.call('rebuild'), this.text.call('rebuild')])
  }

  /** Takes out of the text search what can't be read any more, down to the file. */
  purge(purge: Purge): Promise<void> {
    return this.text.call('purge', purge)
  }

  async close(): Promise<void> {
    await Promise.all([this.tables.close(), this.text.close()])
  }
}

function isReport(message: unknown): message is ViewReport {
  return typeof message === 'object' && message !== null && 'view' in message
}
