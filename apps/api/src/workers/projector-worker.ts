import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import {
  CommitSignal,
  type EventReader,
  type MasterKey,
  openEventStoreDb,
  openEvents,
  openKeyStore,
  openSqliteStore,
  type Position,
} from '@annal/ledger'
import {
  LagHistogram,
  openSqliteReadModel,
  type ProjectionStatus,
  type RunningProjection,
  runProjection,
  textProjection,
  trailProjection,
} from '@annal/projections'
import { serveCalls } from './calls.ts'

export type EventSource =
  | { readonly kind: 'sqlite'; readonly file: string; readonly commits: SharedArrayBuffer }
  | { readonly kind: 'esdb'; readonly connectionString: string }

/** What the projector reads and writes. */
export interface ProjectorFiles {
  readonly events: EventSource
  readonly views: string
  readonly search: string
  readonly keys: string
  readonly masterKey: MasterKey
  /** Memory of the lag histogram of the audit trail. */
  readonly lag: SharedArrayBuffer
}

/** Sent at each change of a view. */
export interface ViewReport {
  readonly view: string
  readonly status: ProjectionStatus['status']
  /** Up to where the view shows the record, when that changed. */
  readonly position?: Position | null
  readonly reason?: string
}

/** Appending goes before showing: under saturation the projector waits, not those who record. On Linux this is the thread's own. */
const PRIORITY = 5

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
setPriority(0, PRIORITY)
const files: ProjectorFiles = workerData
const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
const events = openSource(files.events)
const stopped = new AbortController()
const surroundings = { events, signal: stopped.signal, now: () => Date.now() }

function openSource(source: EventSource): EventReader {
  switch (source.kind) {
    case 'sqlite':
      return openSqliteStore({ file: source.file, mode: 'read', commits: new CommitSignal(source.commits) })
    case 'esdb':
      return openEventStoreDb({ connectionString: source.connectionString })
  }
}

function report(view: string): (status: ProjectionStatus) => void {
  return (status) => {
    const position = status.status === 'following' ? { position: status.position } : {}
    const reason = 'reason' in status ? { reason: status.reason.message } : {}
    const message: ViewReport = { view, status: status.status, ...position, ...reason }
    port?.postMessage(message)
  }
}

const trail = runProjection({
  ...surroundings,
  projection: trailProjection(),
  readModel: openSqliteReadModel({ file: files.views, mode: 'write' }),
  lag: new LagHistogram(files.lag),
  onStatus: report('audit-trail'),
})
const text = runProjection({
  ...surroundings,
  projection: textProjection((recorded) => openEvents(recorded, keys)),
  readModel: openSqliteReadModel({ file: files.search, mode: 'write' }),
  onStatus: report('audit-trail-text'),
})

async function rebuild(view: RunningProjection): Promise<void> {
  const end = await view.rebuild()
  if (end.status !== 'switched') throw new Error(end.status === 'failed' ? end.reason.message : 'The rebuild was stopped.')
}

serveCalls(port, {
  rebuild: async () => {
    await rebuild(trail)
    await rebuild(text)
  },
  stop: async () => {
    stopped.abort()
    await Promise.all([trail.ended, text.ended])
    await events.close()
    keys.close()
  },
})
