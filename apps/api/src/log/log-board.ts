import type { LogGate } from '@annal/ledger'
import type { LogReport } from './log-report.ts'

/** What the sealer last said of each log. Closes the gate for those whose record went back. */
export class LogBoard {
  private readonly logs = new Map<string, LogReport>()
  private readonly current = new Map<string, LogReport>()
  private readonly listeners = new Set<(report: LogReport) => void>()
  private lostBecause: string | null = 'The sealer has not started yet.'

  constructor(private readonly gate: LogGate) {}

  report(report: LogReport): void {
    this.logs.set(report.name, report)
    const before = this.current.get(report.workspace)
    if (before !== undefined && before.generation > report.generation) return
    this.current.set(report.workspace, report)
    if (report.standing === 'closed') this.gate.close(report.workspace, report.reason ?? 'The log is closed.')
    else this.gate.open(report.workspace)
    for (const listener of this.listeners) listener(report)
  }

  /** Nobody seals now. */
  lost(reason: string): void {
    this.lostBecause = reason
  }

  follows(): void {
    this.lostBecause = null
  }

  /** The log that the workspace's events go into. */
  of(workspace: string): LogReport | null {
    return this.current.get(workspace) ?? null
  }

  named(name: string): LogReport | null {
    return this.logs.get(name) ?? null
  }

  /** All logs of a workspace, the newest first. */
  allOf(workspace: string): readonly LogReport[] {
    return [...this.logs.values()].filter((log) => log.workspace === workspace).sort((a, b) => b.generation - a.generation)
  }

  closedLogs(): readonly LogReport[] {
    return [...this.current.values()].filter(({ closed }) => closed !== null)
  }

  /** What keeps anything from being sealed, or null. */
  problem(): string | null {
    if (this.lostBecause !== null) return this.lostBecause
    for (const { name, standing, reason } of this.current.values()) {
      if (standing === 'closed' || standing === 'failed') return `The log ${name} is ${standing}: ${reason}`
    }
    return null
  }

  /** Why nobody seals now, or null. */
  get lostReason(): string | null {
    return this.lostBecause
  }

  /** Called at each report of a current log, until `signal` aborts. */
  onReport(listener: (report: LogReport) => void, signal: AbortSignal): void {
    this.listeners.add(listener)
    signal.addEventListener('abort', () => this.listeners.delete(listener), { once: true })
  }

  /** Resolves with true when the workspace's log is as wanted, with false after `patience` ms. */
  until(workspace: string, isWanted: (report: LogReport) => boolean, patience: number): Promise<boolean> {
    const known = this.of(workspace)
    if (known !== null && isWanted(known)) return Promise.resolve(true)
    return new Promise((resolve) => {
      const done = new AbortController()
      const end = (reached: boolean) => {
        clearTimeout(timer)
        done.abort()
        resolve(reached)
      }
      const timer = setTimeout(() => end(false), patience)
      this.onReport((report) => {
        if (report.workspace === workspace && isWanted(report)) end(true)
      }, done.signal)
    })
  }
}
