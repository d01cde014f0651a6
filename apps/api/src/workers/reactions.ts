import { MessageChannel, type Worker } from 'node:worker_threads'
import { type DeliveryPage, type EventDraft, type KnownDelivery, type KnownWebhook, type Position } from '@annal/ledger'
import type { ExpiryDesk } from '../erasure/expiry-desk.ts'
import { reportFault } from '../http/report-fault.ts'
import type { ExpiryPage } from '../reactions/expiry-run.ts'
import type { FollowUps } from '../reactions/follow-ups.ts'
import { serveCalls, WorkerCalls } from './calls.ts'
import type { ReactionFiles, ReactionReport } from './reactions-worker.ts'
import { startWorker } from './start-worker.ts'

const FIRST_RESTART = 1_000
const LONGEST_RESTART = 60_000

/**
 * The thread that sees to what follows from the record, and to webhooks. It asks this thread, the only writer, to record. If it dies it is
 * started again and goes on from its cursor.
 */
export class Reactions {
  /** Up to where everything that follows is recorded. */
  position: Position | null = null
  /** Deliveries that webhooks are owed; counting stops at 10,000. */
  owed = 0
  private reason: string | null = null
  private restarts = 0
  private worker: Worker
  private calls: WorkerCalls
  private closed = false
  private readonly waiting = new Set<() => void>()

  constructor(
    private readonly files: ReactionFiles,
    private readonly followUps: FollowUps,
    private readonly expiries: ExpiryDesk,
  ) {
    this.worker = this.start()
    this.calls = new WorkerCalls(this.worker)
  }

  /** What keeps it from following, or null. */
  problem(): string | null {
    return this.reason
  }

  webhooks(workspace: string): Promise<(KnownWebhook & { readonly undelivered: number })[]> {
    return this.calls.call('webhooks', workspace)
  }

  deliveries(page: DeliveryPage): Promise<KnownDelivery[]> {
    return this.calls.call('deliveries', page)
  }

  replay(workspace: string, id: string): Promise<KnownDelivery | null> {
    return this.calls.call('replay', workspace, id)
  }

  /** Resolves when it has seen to everything up to this position, or after `patience` ms. */
  async reached(position: Position, patience: number): Promise<void> {
    const until = performance.now() + patience
    while ((this.position === null || this.position < position) && performance.now() < until) await this.moved(until - performance.now())
  }

  async close(): Promise<void> {
    this.closed = true
    try {
      await this.calls.call('stop')
    } catch (error) {
      reportFault(error, 'reactions') // It has ended by itself: what it had not written it will do again.
    }
    await this.worker.terminate()
  }

  private start(): Worker {
    const { port1, port2 } = new MessageChannel()
    serveCalls(port1, {
      record: (drafts: readonly EventDraft[]) => this.followUps.record(drafts),
      expire: (page: ExpiryPage) => this.expiries.expire(page),
    })
    port1.unref()
    const worker = startWorker('reactions-worker', { ...this.files, writer: port2 }, [port2])
    worker.on('message', (message: unknown) => {
      if (isReport(message)) this.take(message)
    })
    worker.on('error', (error) => this.fail(error))
    worker.on('exit', () => {
      port1.close()
      this.restart()
    })
    return worker
  }

  private take(report: ReactionReport): void {
    switch (report.report) {
      case 'progress':
        this.progress(report.position, report.owed)
        break
      case 'fault':
        reportFault(report.error, 'webhooks')
        break
      case 'failed':
        this.fail(report.error)
        void this.worker.terminate()
        break
    }
  }

  private progress(position: Position | null, owed: number): void {
    if (position !== this.position) this.restarts = 0
    this.reason = null
    this.position = position
    this.owed = owed
    for (const wake of [...this.waiting]) wake()
  }

  private fail(error: unknown): void {
    this.reason = error instanceof Error ? error.message : String(error)
    reportFault(error, 'reactions')
  }

  private restart(): void {
    if (this.closed) return
    this.reason ??= 'the reactions ended'
    const pause = Math.min(LONGEST_RESTART, FIRST_RESTART * 2 ** this.restarts++)
    setTimeout(() => {
      if (this.closed) return
      this.worker = this.start()
      this.calls = new WorkerCalls(this.worker)
    }, pause).unref()
  }

  private moved(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, patience)
      this.waiting.add(wake)
    })
  }
}

function isReport(message: unknown): message is ReactionReport {
  return typeof message === 'object' && message !== null && 'report' in message
}
