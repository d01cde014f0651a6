import { constants, copyFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { buildPast, openSqliteReadModel, registersProjection } from '@annal/projections'
import type { PastOrder } from '../past/pasts.ts'
import { serveCalls } from './calls.ts'
import { type EventSource, openSource } from './event-source.ts'
import { setThreadPriority } from './thread-priority.ts'

/** Sent while a past is being built: how many of its events are in it. */
export interface PastProgress {
  readonly read: number
}

/** Recording and showing what is so now go before. */
const PRIORITY = 10

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
setThreadPriority(PRIORITY)
const source: EventSource = workerData
const events = await openSource(source)
let building = new AbortController()

async function build({ file, base, ...past }: PastOrder): Promise<void> {
  building = new AbortController()
  if (base !== null) copyFileSync(base.file, file, constants.COPYFILE_FICLONE)
  const readModel = openSqliteReadModel({ file, mode: 'make' })
  try {
    await buildPast({
      ...past,
      base: base?.prefix ?? null,
      projection: registersProjection(),
      events,
      readModel,
      progress: (read) => {
        const message: PastProgress = { read }
        port?.postMessage(message)
      },
      signal: building.signal,
    })
  } finally {
    await readModel.close()
  }
}

serveCalls(port, {
  build,
  stopBuilding: async () => building.abort(),
  stop: () => events.close(),
})
