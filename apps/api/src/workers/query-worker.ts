import { parentPort, workerData } from 'node:worker_threads'
import { type MasterKey, nodeDigests, openEvents, openKeyStore, type RecordedEvent, type StoredHead, storedEnvelope } from '@annal/ledger'
import {
  type EventFilter,
  OpenPasts,
  openAuditTrail,
  openRegisters,
  openSqliteReadModel,
  type TrailFilter,
  type TrailPageRequest,
} from '@annal/projections'
import { commitment } from '@annal/proof'
import { LogReader, type LogReaderFiles, type ShownLog } from '../log/log-reader.ts'
import { type EventView, eventRow, eventView } from '../trail/event-view.ts'
import { type ExportFormat, exportText } from '../trail/export-text.ts'
import { serveCalls } from './calls.ts'

/** Where a query worker reads. All files exist when it starts. */
export interface QueryWorkerFiles {
  readonly views: string
  readonly search: string
  /** The folder of the pasts; their files come and go. */
  readonly pasts: string
  readonly keys: string
  readonly masterKey: MasterKey
  readonly log: LogReaderFiles
}

const files: QueryWorkerFiles = workerData
const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
const readModel = openSqliteReadModel({ file: files.views, mode: 'read', cacheKib: 8_192 })
const trail = openAuditTrail({
  views: readModel,
  search: openSqliteReadModel({ file: files.search, mode: 'read', cacheKib: 8_192 }),
})
const pasts = new OpenPasts(files.pasts)
const registers = openRegisters({ views: readModel, pasts, open: (recorded, fields) => openEvents(recorded, keys, fields) })

const log = new LogReader(files.log)

function views(recorded: readonly RecordedEvent[]): EventView[] {
  const opened = openEvents(recorded, keys)
  return opened.map((event, i) => eventView(recorded[i] as RecordedEvent, event, nodeDigests))
}

if (parentPort === null) throw new Error('expected to run as a worker')
serveCalls(parentPort, {
  ...Object.fromEntries(Object.entries(registers).map(([name, answer]) => [`registers.${name}`, answer])),
  page: async (request: TrailPageRequest) => {
    const { events, more } = await trail.page(request)
    return { events: views(events), more }
  },
  rows: async (request: TrailPageRequest) => {
    const { events, more } = await trail.page(request)
    return { events: events.map((recorded) => eventRow(recorded, storedEnvelope(recorded))), more }
  },
  count: async (workspace: string, filter: TrailFilter, bound: number) => trail.count(workspace, filter, bound),
  event: async (workspace: string, id: string, filter: EventFilter) => {
    const recorded = await trail.event(workspace, id, filter)
    return recorded === null ? null : (views([recorded])[0] ?? null)
  },
  recordedUpTo: async (workspace: string, instant: string) => trail.recordedUpTo(workspace, instant),
  closePasts: (names: readonly string[] | 'all') => pasts.close(names),
  inclusionProof: async (workspace: string, id: string, logs: readonly ShownLog[]) => {
    const recorded = await trail.event(workspace, id)
    if (recorded === null) return null
    const { position, salt, bytes } = recorded
    return log.inclusionProof({ position, commitment: commitment(salt, bytes, nodeDigests) }, logs)
  },
  treeHead: async (name: string, head: StoredHead) => log.head(name, head),
  treeHeads: async (name: string, before: number | null, limit: number) => log.heads(name, before, limit),
  logHistory: async (name: string, now: number) => log.history(name, now),
  exportPage: async (request: TrailPageRequest, format: ExportFormat) => {
    const { events, more } = await trail.page(request)
    return { text: exportText(views(events), format), more, last: events.at(-1)?.position ?? null }
  },
})
