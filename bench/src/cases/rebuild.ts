import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EventReader, openEvents, openKeyStore, openSqliteStore, type Position, type RecordedEvent } from '@annal/ledger'
import {
  openSqliteReadModel,
  type ProjectionRun,
  type RunningProjection,
  runProjection,
  textProjection,
  trailProjection,
} from '@annal/projections'
import type { BenchCase } from '../bench-case.ts'
import { alternate } from '../load/statistics.ts'
import { recordEstate, recordFiles } from '../record/record-estate.ts'
import type { PlainRow } from '../yardsticks/plain-row.ts'
import { rawInserts } from '../yardsticks/raw-sqlite.ts'

const WORKSPACE = 'ws_benchbenchbenchbench'
const BATCH = 1_000

/** Both views of the audit trail built anew, side by side as the server does it, beside raw inserts of the same events. */
export const rebuild: BenchCase = {
  figures: ['rebuild'],
  async run({ scale }) {
    const folder = mkdtempSync(join(tmpdir(), 'annal-bench-rebuild-'))
    try {
      await recordEstate(folder, WORKSPACE, scale.rebuildEvents)
      const views = await openViews(folder)
      const rows = await plainRows(views.events)
      const ours = async () => {
        const started = performance.now()
        await views.rebuild()
        return rows.length / ((performance.now() - started) / 1000)
      }
      try {
        const medians = await alternate(scale.rounds, ours, async () => rawInserts({ rows, batch: BATCH, synchronous: 'NORMAL' }))
        return [
          {
            name: 'rebuild',
            value: medians.ours,
            unit: 'per second',
            yardstick: `raw node:sqlite inserts, ${BATCH.toLocaleString('en')} a transaction, NORMAL`,
            yardstickValue: medians.yardstick,
            bound: { kind: 'ratio at least', value: 0.35 },
          },
        ]
      } finally {
        await views.close()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Both views, up to date and following. */
async function openViews(folder: string) {
  const files = recordFiles(folder)
  const events = openSqliteStore({ file: files.events, mode: 'read' })
  const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
  const readModels = ['views.db', 'search.db'].map((name) => openSqliteReadModel({ file: join(folder, name), mode: 'write' }))
  const [views, search] = readModels
  if (views === undefined || search === undefined) throw new Error('expected two read models')
  const stop = new AbortController()
  const surroundings = { events, signal: stop.signal, now: () => Date.now() }
  const head = await events.head()
  const trail = await follow({ ...surroundings, readModel: views, projection: trailProjection() }, head)
  const text = await follow(
    { ...surroundings, readModel: search, projection: textProjection((recorded) => openEvents(recorded, keys)) },
    head,
  )
  return {
    events,
    rebuild: async () => {
      await Promise.all([switched(trail), switched(text)])
    },
    close: async () => {
      stop.abort()
      await Promise.all([trail.ended, text.ended])
      for (const readModel of readModels) await readModel.close()
      await events.close()
      keys.close()
    },
  }
}

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

async function switched(projection: RunningProjection): Promise<void> {
  const end = await projection.rebuild()
  if (end.status !== 'switched') throw new Error(`expected the view to be built anew, found that it ${end.status}`)
}

async function plainRows(events: EventReader): Promise<PlainRow[]> {
  const rows: PlainRow[] = []
  for (let last: RecordedEvent | undefined; ; ) {
    const batch = await events.readAll({ after: last?.position ?? null, limit: BATCH })
    for (const { id, stream, streamVersion, bytes, salt } of batch) rows.push({ id, stream, version: streamVersion, bytes, salt })
    if (batch.length === 0) return rows
    last = batch.at(-1)
  }
}
