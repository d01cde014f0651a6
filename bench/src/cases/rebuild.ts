import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openSqliteStore, type RecordedEvent } from '@annal/ledger'
import type { BenchCase } from '../bench-case.ts'
import { alternate } from '../load/statistics.ts'
import { recordEstate, recordFiles } from '../record/record-estate.ts'
import type { PlainRow } from '../yardsticks/plain-row.ts'
import { rawInserts } from '../yardsticks/raw-sqlite.ts'
import type { ViewToRebuild } from './rebuild-view.ts'

const WORKSPACE = 'ws_benchbenchbenchbench'
const BATCH = 1_000

/** Both views of the audit trail built anew, each in a thread as in the server, beside raw inserts of the same events. */
export const rebuild: BenchCase = {
  figures: ['rebuild'],
  async run({ scale }) {
    const folder = mkdtempSync(join(tmpdir(), 'annal-bench-rebuild-'))
    try {
      await recordEstate(folder, WORKSPACE, scale.rebuildEvents)
      const views = await openViews(folder)
      const rows = await plainRows(folder)
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

/** Both views, each in its thread, up to date and following. */
async function openViews(folder: string) {
  const url = new URL('./rebuild-view.ts', import.meta.url)
  const threads = (['trail', 'text'] as const).map((view) => new Worker(url, { workerData: { folder, view } satisfies ViewToRebuild }))
  await Promise.all(threads.map((thread) => once(thread, 'message')))
  return {
    rebuild: async () => {
      const rebuilt = threads.map((thread) => once(thread, 'message'))
      for (const thread of threads) thread.postMessage('rebuild')
      await Promise.all(rebuilt)
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()))
    },
  }
}

async function plainRows(folder: string): Promise<PlainRow[]> {
  const events = openSqliteStore({ file: recordFiles(folder).events, mode: 'read' })
  const rows: PlainRow[] = []
  for (let last: RecordedEvent | undefined; ; ) {
    const batch = await events.readAll({ after: last?.position ?? null, limit: BATCH })
    for (const { id, stream, streamVersion, bytes, salt } of batch) rows.push({ id, stream, version: streamVersion, bytes, salt })
    last = batch.at(-1)
    if (last !== undefined) continue
    await events.close()
    return rows
  }
}
