import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AnnalProcess } from '../../../test/kit/annal-process.ts'
import { firstContent } from '../../../test/kit/first-content.ts'
import type { BenchCase } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import { median } from '../load/statistics.ts'

const page = resolve(import.meta.dirname, '../../../apps/web/dist/index.html')
const SERIES = 3
/** The overview's figures. */
const CONTENT = 'ul[aria-label="Figures"] li'

/** From navigation to the figures of the overview, signed in, nothing cached; of a few medians the largest. */
export const pageFirstContent: BenchCase = {
  figures: ['page-first-content'],
  async run({ scale, skip }) {
    if (!existsSync(page)) {
      skip('page-first-content is left out: the dashboard is not built')
      return []
    }
    const annal = await AnnalProcess.start()
    try {
      const nextRequest = appendRequests(await annal.key('service'), 100)
      await httpLoad({ port: annal.port, connections: 1, milliseconds: scale.warmUp, nextRequest, accept: allRecorded })
      const { cookie, workspace } = await annal.signIn()
      const medians: number[] = []
      for (let series = 0; series < SERIES; series++)
        medians.push(median(await firstContent({ url: `${annal.url}/w/${workspace}/`, cookie, content: CONTENT }, scale.pageLoads)))
      return [
        {
          name: 'page-first-content',
          value: Math.max(...medians),
          unit: 'ms',
          bound: { kind: 'at most', value: 1_000 },
          details: [`medians of ${scale.pageLoads} loads: ${medians.map((one) => Math.round(one)).join(', ')} ms`],
        },
      ]
    } finally {
      await annal.stop()
    }
  },
}
