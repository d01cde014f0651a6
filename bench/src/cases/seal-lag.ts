import { setTimeout } from 'node:timers/promises'
import { AnnalProcess } from '../../../test/kit/annal-process.ts'
import type { BenchCase } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import { sealedSize, settled } from '../load/sealed-size.ts'
import { percentile } from '../load/statistics.ts'

const BATCH = 10
const REQUESTS_PER_SECOND = 400
const CONNECTIONS = 16
const LOOK_EVERY = 10
const PATIENCE = 30_000
/** Below this share of the load that was meant, the lag is that of another load. */
const STEADY = 0.97

/** At a steady 4,000 events a second: from an event's receipt until the public checkpoint covers as many events as were acknowledged then. */
export const sealLag: BenchCase = {
  figures: ['seal-lag-p99'],
  async run({ scale }) {
    const annal = await AnnalProcess.start()
    try {
      const nextRequest = appendRequests(await annal.key('service'), BATCH)
      const workspace = await annal.workspace()
      const receipts: number[] = []
      const steady = (milliseconds: number) =>
        httpLoad({
          port: annal.port,
          connections: CONNECTIONS,
          milliseconds,
          nextRequest,
          accept: (body) => {
            receipts.push(performance.now())
            return allRecorded(body)
          },
          ratePerSecond: REQUESTS_PER_SECOND,
        })
      await steady(scale.warmUp)
      const before = await settled(annal.url, workspace)
      receipts.length = 0
      const lags: number[] = []
      const watching = new AbortController()
      const watch = watchHeads(annal.url, workspace, watching.signal, (size) => {
        const now = performance.now()
        while (lags.length < receipts.length && before + (lags.length + 1) * BATCH <= size) lags.push(now - (receipts[lags.length] ?? now))
      })
      const { perSecond } = await steady(scale.steadyLoad)
      const until = performance.now() + PATIENCE
      while (lags.length < receipts.length && performance.now() < until) await setTimeout(LOOK_EVERY)
      watching.abort()
      await watch
      if (lags.length < receipts.length)
        throw new Error(`expected ${receipts.length * BATCH} events to be sealed, found ${lags.length * BATCH}`)
      const sorted = Float64Array.from(lags).sort()
      const found = Math.round(perSecond * BATCH)
      return [
        {
          name: 'seal-lag-p99',
          value: percentile(sorted, 0.99),
          unit: 'ms',
          bound: { kind: 'at most', value: 1_000 },
          details: [`median ${percentile(sorted, 0.5).toFixed(0)} ms at ${found} events a second, seen from outside`],
          ...(perSecond / REQUESTS_PER_SECOND < STEADY
            ? { shortfall: `expected ${REQUESTS_PER_SECOND * BATCH} events a second, found ${found}` }
            : {}),
        },
      ]
    } finally {
      await annal.stop()
    }
  },
}

async function watchHeads(url: string, workspace: string, signal: AbortSignal, show: (size: number) => void): Promise<void> {
  while (!signal.aborted) {
    show(await sealedSize(url, workspace))
    await setTimeout(LOOK_EVERY)
  }
}
