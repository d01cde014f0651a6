import type { Worker } from 'node:worker_threads'
import { reportFault } from '../http/report-fault.ts'
import type { ViewsStatus } from '../serve/views-status.ts'
import { WorkerCalls } from './calls.ts'
import type { ProjectorFiles, ViewReport } from './projector-worker.ts'
import type { Purge } from './purge-text-of.ts'
import { startWorker } from './start-worker.ts'

const RESTART_AFTER = 1_000

/** The thread that keeps the views up to date. If it dies it is started again and goes on from its cursors. */
export class Projector {
  private worker: Worker
  private calls: WorkerCalls
  private closed = false

  constructor(
    private readonly files: ProjectorFiles,
    private readonly views: ViewsStatus,
  ) {
    this.worker = this.start()
    this.calls = new WorkerCalls(this.worker)
  }

  /** Resolves when the views were built anew and readers see the new ones. */
  rebuild(): Promise<void> {
    return this.calls.call('rebuild')
  }

  /** Takes out of the text search what can't be read any more, down to the file. */
  purge(purge: Purge): Promise<void> {
    return this.calls.call('purge', purge)
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
    const worker = startWorker('projector-worker', this.files)
    worker.on('message', (message: unknown) => {
      if (isReport(message)) this.views.report(message)
    })
    worker.on('error', (error) => reportFault(error, 'projector'))
    worker.on('exit', () => this.restart())
    return worker
  }

  private restart(): void {
    if (this.closed) return
    this.views.lost('the projector ended')
    setTimeout(() => {
      if (this.closed) return
      this.worker = this.start()
      this.calls = new WorkerCalls(this.worker)
    }, RESTART_AFTER).unref()
  }
}

function isReport(message: unknown): message is ViewReport {
  return typeof message === 'object' && message !== null && 'view' in message
}
