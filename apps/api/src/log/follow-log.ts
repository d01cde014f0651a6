import { setTimeout as sleep } from 'node:timers/promises'
import type { LogBoard } from './log-board.ts'
import type { LogReport } from './log-report.ts'
import type { LogStatus } from './log-status.ts'

/** A follower is told at most every so many ms. */
const BREATH = 500

interface Followed {
  readonly board: LogBoard
  readonly status: LogStatus
}

/** The log whenever something of it has changed; what changes while a follower is being told is told at once after it. */
export async function* followLog({ board, status }: Followed, workspace: string, signal: AbortSignal) {
  let changed = Promise.withResolvers<void>()
  const notice = (report: LogReport) => {
    if (report.workspace === workspace) changed.resolve()
  }
  board.onReport(notice, signal)
  signal.addEventListener('abort', () => changed.resolve(), { once: true })
  for (;;) {
    await changed.promise
    if (signal.aborted) return
    changed = Promise.withResolvers()
    yield status.of(workspace)
    await sleep(BREATH)
  }
}
