import { parentPort, workerData } from 'node:worker_threads'
import { LagHistogram, type MasterKey, openEvents, openKeyStore, type Position } from '@annal/ledger'
import {
  openViewsFile,
  type ProjectionStatus,
  type RunningProjection,
  registersProjection,
  runProjection,
  textProjection,
  trailProjection,
} from '@annal/projections'
import { ServerClock } from '../clock/server-clock.ts'
import { reportFault } from '../http/report-fault.ts'
import { serveCalls } from './calls.ts'
import { type EventSource, openSource } from './event-source.ts'
import { type Purge, purgeTextOf } from './purge-text-of.ts'
import { setThreadPriority } from './thread-priority.ts'

/** What the projector reads and writes. */
export interface ProjectorFiles {
  readonly events: EventSource
  readonly views: string
  readonly search: string
  readonly keys: string
  readonly masterKey: MasterKey
  /** Memory of the lag histogram of the audit trail. */
  readonly lag: SharedArrayBuffer
  /** Memory of the server's clock. */
  readonly clock: SharedArrayBuffer
}

/** Sent at each change of a view. */
export interface ViewReport {
  readonly view: string
  readonly status: ProjectionStatus['status']
  /** Up to where the view shows the record, when that changed. */
  readonly position?: Position | null
  readonly reason?: string
}

/**
 * Appending goes before showing: with processors to spare the projector is as fast as ever, and where there are none it gets a tenth of
 * one, so that it catches up after the rush and not at the cost of those who record.
 */
const PRIORITY = 10

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
setThreadPriority(PRIORITY)
const files: ProjectorFiles = workerData
const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
const events = await openSource(files.events)
const stopped = new AbortController()
const surroundings = { events, signal: stopped.signal, now: new ServerClock(files.clock).now }

function report(view: string): (status: ProjectionStatus) => void {
  return (status) => {
    const position = status.status === 'following' ? { position: status.position } : {}
    const reason = 'reason' in status ? { reason: status.reason.message } : {}
    const message: ViewReport = { view, status: status.status, ...position, ...reason }
    port?.postMessage(message)
  }
}

const removed = (reason: Error) => reportFault(reason, 'projector')

/** One for both: transactions of two would wait for each other in vain, within one thread. */
const views = openViewsFile({ file: files.views, removed })
const trail = runProjection({
  ...surroundings,
  projection: trailProjection(),
  readModel: views,
  lag: new LagHistogram(files.lag),
  onStatus: report('audit-trail'),
})
const search = openViewsFile({ file: files.search, removed })
const text = runProjection({
  ...surroundings,
  projection: textProjection((recorded) => openEvents(recorded, keys)),
  readModel: search,
  onStatus: report('audit-trail-text'),
})
const registers = runProjection({
  ...surroundings,
  projection: registersProjection(),
  readModel: views,
  onStatus: report('registers'),
})

async function rebuild(view: RunningProjection): Promise<void> {
  const end = await view.rebuild()
  if (end.status !== 'switched') throw new Error(end.status === 'failed' ? end.reason.message : 'The rebuild was stopped.')
}

serveCalls(port, {
  rebuild: async () => {
    // Side by side they read each event once.
    await Promise.all([rebuild(trail), rebuild(text), rebuild(registers)])
  },
  purge: (purge: Purge) => purgeTextOf(purge, { views, search, keys }),
  stop: async () => {
    stopped.abort()
    await Promise.all([trail.ended, text.ended, registers.ended])
    await events.close()
    keys.close()
  },
})
