import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { openEvents, openKeyStore, openSqliteStore, type Position } from '@annal/ledger'
import {
  openViewsFile,
  type ProjectionRun,
  type RunningProjection,
  runProjection,
  textProjection,
  trailProjection,
} from '@annal/projections/audit-trail'
import { recordFiles } from '../record/record-estate.ts'

/** One view of the audit trail in a thread of its own: it says when it is up to date, is built anew when asked, and says when that is done. */
export interface ViewToRebuild {
  readonly folder: string
  readonly view: 'trail' | 'text'
}

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
const { folder, view }: ViewToRebuild = workerData
const files = recordFiles(folder)
const events = openSqliteStore({ file: files.events, mode: 'read' })
const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
const surroundings = { events, signal: new AbortController().signal, now: () => Date.now() }
const readModel = openViewsFile({
  file: join(folder, `${view}.db`),
  removed: (reason) => {
    throw reason
  },
})
const head = await events.head()
const running =
  view === 'trail'
    ? await follow({ ...surroundings, readModel, projection: trailProjection() }, head)
    : await follow({ ...surroundings, readModel, projection: textProjection((recorded) => openEvents(recorded, keys)) }, head)
port.on('message', async () => {
  const end = await running.rebuild()
  if (end.status !== 'switched') throw new Error(`expected the view to be built anew, found that it ${end.status}`)
  port.postMessage('rebuilt')
})
port.postMessage('following')

/** Resolves when the view has reached `head`. */
async function follow<Tables>(run: ProjectionRun<Tables>, head: Position | null): Promise<RunningProjection> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const projection = runProjection({
    ...run,
    onStatus: (status) => {
      if (status.status === 'following' && status.position === head) resolve()
      if (status.status === 'failed') reject(status.reason)
    },
  })
  await promise
  return projection
}
