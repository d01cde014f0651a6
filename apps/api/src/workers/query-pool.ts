import type { StoredHead } from '@annal/ledger'
import type { Registers, TrailCount, TrailFilter, TrailPageRequest, VisiblePrefix } from '@annal/projections'
import { reportFault } from '../http/report-fault.ts'
import type { InclusionProofView, LogPointView, ShownLog, SignedTreeHeadView } from '../log/log-reader.ts'
import type { PastReaders } from '../past/pasts.ts'
import type { EventRow, EventView } from '../trail/event-view.ts'
import type { ExportFormat } from '../trail/export-text.ts'
import type { EventPage, EventViewPage, ExportPage, TrailReader } from '../trail/trail-reader.ts'
import { WorkerCalls } from './calls.ts'
import type { QueryWorkerFiles } from './query-worker.ts'
import { startWorker } from './start-worker.ts'

const RESTART_AFTER = 500

interface Member {
  readonly calls: WorkerCalls
  readonly stop: () => Promise<number>
}

/** The audit trail read in a few threads: a call goes to the one with the fewest waiting. A thread that dies is replaced. */
export class QueryPool implements TrailReader, PastReaders {
  private readonly members: Member[]
  private closed = false
  /** The registers, read in the same threads. */
  readonly registers: Registers = new Proxy({} as Registers, {
    get:
      (_target, method) =>
      (...args: readonly unknown[]) =>
        this.call(`registers.${String(method)}`, ...args),
  })

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

  rows(request: TrailPageRequest): Promise<EventPage<EventRow>> {
    return this.call('rows', request)
  }

  count(workspace: string, filter: TrailFilter, bound: number): Promise<TrailCount> {
    return this.call('count', workspace, filter, bound)
  }

  event(workspace: string, id: string, filter: Pick<TrailFilter, 'recordedTo'> = {}): Promise<EventView | null> {
    return this.call('event', workspace, id, filter)
  }

  recordedUpTo(workspace: string, instant: string): Promise<VisiblePrefix> {
    return this.call('recordedUpTo', workspace, instant)
  }

  /** A thread that has ended has nothing open. */
  async closePasts(names: readonly string[] | 'all'): Promise<void> {
    await Promise.allSettled(this.members.map(({ calls }) => calls.call('closePasts', names)))
  }

  exportPage(request: TrailPageRequest, format: ExportFormat): Promise<ExportPage> {
    return this.call('exportPage', request, format)
  }

  /** Null while the event is under none of these heads, or there is no such event. */
  inclusionProof(workspace: string, id: string, logs: readonly ShownLog[]): Promise<InclusionProofView | null> {
    return this.call('inclusionProof', workspace, id, logs)
  }

  treeHead(log: string, head: StoredHead): Promise<SignedTreeHeadView> {
    return this.call('treeHead', log, head)
  }

  treeHeads(log: string, before: number | null, limit: number): Promise<SignedTreeHeadView[]> {
    return this.call('treeHeads', log, before, limit)
  }

  logHistory(log: string, now: number): Promise<LogPointView[]> {
    return this.call('logHistory', log, now)
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
