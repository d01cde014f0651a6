import { parentPort, workerData } from 'node:worker_threads'
import { type MasterKey, nodeDigests, openEvents, openKeyStore, type RecordedEvent } from '@annal/ledger'
import { openAuditTrail, openSqliteReadModel, type TrailFilter, type TrailPageRequest } from '@annal/projections'
import { type EventView, eventView } from '../trail/event-view.ts'
import { type ExportFormat, exportText } from '../trail/export-text.ts'
import { serveCalls } from './calls.ts'

/** Where a query worker reads. All files exist when it starts. */
export interface QueryWorkerFiles {
  readonly views: string
  readonly search: string
  readonly keys: string
  readonly masterKey: MasterKey
}

const files: QueryWorkerFiles = workerData
const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
const trail = openAuditTrail({
  views: openSqliteReadModel({ file: files.views, mode: 'read', cacheKib: 8_192 }),
  search: openSqliteReadModel({ file: files.search, mode: 'read', cacheKib: 8_192 }),
})

function views(recorded: readonly RecordedEvent[]): EventView[] {
  const opened = openEvents(recorded, keys)
  return opened.map((event, i) => eventView(recorded[i] as RecordedEvent, event, nodeDigests))
}

if (parentPort === null) throw new Error('expected to run as a worker')
serveCalls(parentPort, {
  page: async (request: TrailPageRequest) => {
    const { events, more } = await trail.page(request)
    return { events: views(events), more }
  },
  count: async (workspace: string, filter: TrailFilter, bound: number) => trail.count(workspace, filter, bound),
  event: async (workspace: string, id: string) => {
    const recorded = await trail.event(workspace, id)
    return recorded === null ? null : (views([recorded])[0] ?? null)
  },
  exportPage: async (request: TrailPageRequest, format: ExportFormat) => {
    const { events, more } = await trail.page(request)
    return { text: exportText(views(events), format), more, last: events.at(-1)?.position ?? null }
  },
})
