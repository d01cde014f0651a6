import type { TrailCount, TrailFilter, TrailPageRequest } from '@annal/projections'
import { reportFault } from '../http/report-fault.ts'
import type { EventView } from '../trail/event-view.ts'
import type { ExportFormat } from '../trail/export-text.ts'
import type { EventViewPage, ExportPage, TrailReader } from '../trail/trail-reader.ts'
import { WorkerCalls } from './calls.ts'
import type { QueryWorkerFiles } from './query-worker.ts'
import { startWorker } from './start-worker.ts'

const RESTART_AFTER = 500

interface Member {
  readonly calls: WorkerCalls
  readonly stop: () => Promise<number>
}

/** The audit trail read in a few threads: a call goes to the one with the fewest waiting. A thread that dies is replaced. */
export class QueryPool implements TrailReader {
  private readonly members: Member[]
  private closed = false

  constructor(
    size: number,
    private readonly files: QueryWorkerFiles,
  ) {
    this.members = Array.from({ length: size }, (_, place) => this.start(place))
  }

  get queued(): number {
    return this.members.reduce((sum, { calls }) => sum + calls.waiting, 0)
  }

  page(request: TrailPageRequest): Promise<EventViewPage> {
    return this.call('page', request)
  }

  count(workspace: string, filter: TrailFilter, bound: number): Promise<TrailCount> {
    return this.call('count', workspace, filter, bound)
  }

  event(workspace: string, id: string): Promise<EventView | null> {
    return this.call('event', workspace, id)
  }

  exportPage(request: TrailPageRequest, format: ExportFormat): Promise<ExportPage> {
    return this.call('exportPage', request, format)
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.members.map(({ stop }) => stop()))
  }

  private call<Result>(method: string, ...args: readonly unknown[]): Promise<Result> {
    const [first, ...others] = this.members
    if (first === undefined) throw new Error('expected a query worker, found none')
    const idlest = others.reduce((a, b) => (b.calls.waiting < a.calls.waiting ? b : a), first)
    return idlest.calls.call<Result>(method, ...args)
  }

  private restart(place: number): void {
    const again = () => {
      if (!this.closed) this.members[place] = this.start(place)
    }
    setTimeout(again, RESTART_AFTER).unref()
  }

  private start(place: number): Member {
    const worker = startWorker('query-worker', this.files)
    worker.on('error', (error) => reportFault(error, 'query-worker'))
    worker.on('exit', () => this.restart(place))
    return { calls: new WorkerCalls(worker), stop: () => worker.terminate() }
  }
}
