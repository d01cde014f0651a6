import { AnnalProcess } from '../../../test/kit/annal-process.ts'
import { caughtUp } from '../../../test/kit/caught-up.ts'
import type { BenchCase } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import { alternate } from '../load/statistics.ts'
import { rawInserts } from '../yardsticks/raw-sqlite.ts'
import { plainRow } from './bias-audit.ts'

const BATCH = 100
const CONNECTIONS = 4

/** Mutations of 100 events over HTTP, beside raw inserts of the same rows, 100 a transaction. */
export const appendBatch: BenchCase = {
  figures: ['append-batch-100'],
  async run({ scale }) {
    const annal = await AnnalProcess.start()
    try {
      const nextRequest = appendRequests(await annal.key('service'), BATCH)
      const auditor = await annal.key('auditor')
      const rows = Array.from({ length: scale.batchRows }, (_, n) => plainRow(n))
      const ours = async (milliseconds: number) => {
        const { perSecond } = await httpLoad({ port: annal.port, connections: CONNECTIONS, milliseconds, nextRequest, accept: allRecorded })
        await caughtUp(annal.url, auditor)
        return perSecond * BATCH
      }
      await ours(scale.warmUp)
      const medians = await alternate(
        scale.rounds,
        () => ours(scale.round),
        async () => rawInserts({ rows, batch: BATCH, synchronous: 'FULL' }),
      )
      return [
        {
          name: 'append-batch-100',
          value: medians.ours,
          unit: 'per second',
          yardstick: `raw node:sqlite inserts, ${BATCH} a transaction, FULL`,
          yardstickValue: medians.yardstick,
          bound: { kind: 'ratio at least', value: 0.5 },
        },
      ]
    } finally {
      await annal.stop()
    }
  },
}
