import { AnnalProcess } from '../../../test/kit/annal-process.ts'
import { caughtUp } from '../../../test/kit/caught-up.ts'
import type { BenchCase } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import { sealedSize, settled } from '../load/sealed-size.ts'
import { alternate } from '../load/statistics.ts'

const BATCH = 10
const CONNECTIONS = 16

/** Appends at saturation, ten events a call, beside a server whose sealer is switched off; both at once would be no measurement. */
export const appendWithSealer: BenchCase = {
  figures: ['append-with-sealer'],
  async run({ scale }) {
    const sealing = await AnnalProcess.start()
    const silent = await AnnalProcess.start({ environment: { ANNAL_TEST_SEALER: 'off' } })
    try {
      const load = async (annal: AnnalProcess) => {
        const nextRequest = appendRequests(await annal.key('service'), BATCH)
        return async (milliseconds: number) => {
          const { perSecond } = await httpLoad({
            port: annal.port,
            connections: CONNECTIONS,
            milliseconds,
            nextRequest,
            accept: allRecorded,
          })
          return perSecond * BATCH
        }
      }
      const [ours, theirs] = [await load(sealing), await load(silent)]
      await ours(scale.warmUp)
      await theirs(scale.warmUp)
      // What a round leaves behind is sealed and projected before the next one begins.
      const medians = await alternate(
        scale.rounds,
        async () => {
          const rate = await ours(scale.round)
          await caughtUp(sealing.url, await sealing.key('auditor'))
          await settled(sealing.url, await sealing.workspace())
          return rate
        },
        async () => {
          const rate = await theirs(scale.round)
          await caughtUp(silent.url, await silent.key('auditor'))
          return rate
        },
      )
      if ((await sealedSize(silent.url, await silent.workspace())) > 0)
        throw new Error('expected no sealer beside the yardstick, found heads')
      return [
        {
          name: 'append-with-sealer',
          value: medians.ours,
          unit: 'per second',
          yardstick: 'the same appends with the sealer off',
          yardstickValue: medians.yardstick,
          bound: { kind: 'ratio at least', value: 0.85 },
        },
      ]
    } finally {
      await sealing.stop()
      await silent.stop()
    }
  },
}
