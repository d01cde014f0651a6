import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type EventReader, type KeyReader, type MasterKey, openKeyStore } from '@annal/ledger'
import type { ProjectionStatus, RunningProjection } from '@annal/projections/audit-trail'
import { ServerClock } from '../clock/server-clock.ts'
import { reportFault } from '../http/report-fault.ts'
import type { ViewName, ViewReport } from '../serve/views-status.ts'
import { type Served, serveCalls } from './calls.ts'
import { type EventSource, openSource } from './event-source.ts'
import { Rush } from './rush.ts'
import { setThreadPriority } from './thread-priority.ts'

/** What a thread that keeps views reads and writes. */
export interface ViewsFiles {
  readonly events: EventSource
  readonly views: string
  readonly search: string
  readonly keys: string
  readonly masterKey: MasterKey
  /** Memory of the lag histogram of the audit trail. */
  readonly lag: SharedArrayBuffer
  /** Memory of the server's clock. */
  readonly clock: SharedArrayBuffer
  /** Memory of `Rush`. */
  readonly rush: SharedArrayBuffer
}

export interface ViewsWorker {
  readonly files: ViewsFiles
  readonly keys: KeyReader
  readonly surroundings: {
    readonly events: EventReader
    readonly signal: AbortSignal
    readonly now: () => number
    readonly mayRest: () => boolean
  }
  report(view: ViewName): (status: ProjectionStatus) => void
  /** Answers what the main thread asks of every thread that keeps views. */
  serve(views: readonly RunningProjection[], more?: Served): void
}

/** What all threads that keep views have in common. `priority`: as `setThreadPriority`. */
export async function openViewsWorker(priority: number): Promise<ViewsWorker> {
  const port = requirePort()
  setThreadPriority(priority)
  const files: ViewsFiles = workerData
  const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
  const events = await openSource(files.events)
  const stopped = new AbortController()
  return {
    files,
    keys,
    surroundings: { events, signal: stopped.signal, now: new ServerClock(files.clock).now, mayRest: new Rush(files.rush).mayRest },
    report: (view) => (status) => {
      const position = status.status === 'following' ? { position: status.position } : {}
      const reason = 'reason' in status ? { reason: status.reason.message } : {}
      const message: ViewReport = { view, status: status.status, ...position, ...reason }
      port.postMessage(message)
    },
    serve: (views, more = {}) =>
      serveCalls(port, {
        ...more,
        // Side by side they read each event once.
        rebuild: async () => {
          await Promise.all(views.map(rebuild))
        },
        stop: async () => {
          stopped.abort()
          await Promise.all(views.map(({ ended }) => ended))
          await events.close()
          keys.close()
        },
      }),
  }
}

/** A file of views was no database any more. */
export function viewsRemoved(reason: Error): void {
  reportFault(reason, 'projector')
}

function requirePort(): MessagePort {
  if (parentPort === null) throw new Error('expected to run as a worker')
  return parentPort
}

async function rebuild(view: RunningProjection): Promise<void> {
  const end = await view.rebuild()
  if (end.status !== 'switched') throw new Error(end.status === 'failed' ? end.reason.message : 'The rebuild was stopped.')
}
