import { MessageChannel, type Worker } from 'node:worker_threads'
import type { OutreachStatus, SigningKey, StoredHead } from '@annal/ledger'
import { reportFault } from '../http/report-fault.ts'
import type { LogBoard } from '../log/log-board.ts'
import { type Served, serveCalls, WorkerCalls } from './calls.ts'
import type { SealerFiles, SealerMessage, SealProgress } from './sealer-worker.ts'
import { startWorker } from './start-worker.ts'

const RESTART_AFTER = 1_000

/** The thread that seals. If it dies it is started again and goes on from its files. */
export class SealerThread {
  private worker: Worker
  private calls: WorkerCalls
  private channel = new MessageChannel()
  private isFollowing = false
  private closed = false
  private readonly compared = Promise.withResolvers<void>()

  constructor(
    private files: SealerFiles,
    private readonly board: LogBoard,
    private readonly asked: Served,
  ) {
    this.worker = this.start()
    this.calls = new WorkerCalls(this.worker)
  }

  /** Resolves when all logs were compared with the heads that were signed, or nobody could. */
  get ready(): Promise<void> {
    return this.compared.promise
  }

  async follow(): Promise<void> {
    this.isFollowing = true
    await this.calls.call('follow')
    this.board.follows()
  }

  progress(workspace: string): Promise<SealProgress> {
    return this.calls.call('progress', workspace)
  }

  /** What witnesses and the timestamp authority last said of the workspace's log. */
  outreach(workspace: string): Promise<OutreachStatus> {
    return this.calls.call('outreach', workspace)
  }

  /**
   * Asks witnesses and the timestamp authority for the newest head of the workspace's log, now: for who hands it out. Gives that head, or
   * null when none was signed yet; what came of it stands in the head store (`LogHeads.attestationsOf`).
   */
  attest(workspace: string): Promise<StoredHead | null> {
    return this.calls.call('attest', workspace)
  }

  async useSigningKeys(signingKeys: readonly SigningKey[]): Promise<void> {
    this.files = { ...this.files, signingKeys }
    await this.calls.call('useSigningKeys', signingKeys)
  }

  async close(): Promise<void> {
    this.closed = true
    try {
      await this.calls.call('stop')
    } catch (error) {
      reportFault(error, 'sealer') // It has ended by itself: the next start goes on from its files.
    }
    await this.worker.terminate()
    this.channel.port1.close()
  }

  private start(): Worker {
    this.channel.port1.close()
    this.channel = new MessageChannel()
    serveCalls(this.channel.port1, this.asked)
    const worker = startWorker('sealer-worker', { files: this.files, main: this.channel.port2 }, [this.channel.port2])
    worker.on('message', (message: unknown) => this.take(message))
    worker.on('error', (error) => this.lost(error))
    worker.on('exit', () => this.restart())
    return worker
  }

  private take(message: unknown): void {
    if (!isMessage(message)) return
    if ('log' in message) this.board.report(message.log)
    else this.compared.resolve()
  }

  private lost(error: unknown): void {
    reportFault(error, 'sealer')
    this.board.lost(error instanceof Error ? error.message : 'The sealer has ended.')
    this.compared.resolve()
  }

  private restart(): void {
    if (this.closed) return
    this.board.lost(this.board.lostReason ?? 'The sealer has ended.')
    setTimeout(() => {
      if (this.closed) return
      this.worker = this.start()
      this.calls = new WorkerCalls(this.worker)
      if (this.isFollowing) this.follow().catch((error: unknown) => this.lost(error))
    }, RESTART_AFTER).unref()
  }
}

function isMessage(message: unknown): message is SealerMessage {
  return typeof message === 'object' && message !== null && ('log' in message || 'ready' in message)
}
