import type { BenchCase } from '../bench-case.ts'
import { openLargeRecord } from '../record/large-record.ts'
import type { Figure } from '../report.ts'
import { apiRss } from './api-rss.ts'
import { inclusionProof } from './inclusion-proof.ts'
import { registerPage } from './register-page.ts'
import { trailPage } from './trail-page.ts'

/** What is measured on one server with 1,000,000 events: its pages, proofs out of its log, its memory after it. */
export const largeRecord: BenchCase = {
  figures: ['trail-page-p95', 'register-page-p95', 'inclusion-proof-p95', 'api-rss'],
  async run(run) {
    const record = await openLargeRecord(run.scale.trailEvents)
    try {
      const figures: Figure[] = []
      if (run.wants('trail-page-p95') || run.wants('api-rss')) figures.push(await trailPage(record, run.scale))
      if (run.wants('register-page-p95')) figures.push(await registerPage(record, run.scale))
      if (run.wants('inclusion-proof-p95')) figures.push(await inclusionProof(record, run.scale))
      return run.wants('api-rss') ? [...figures, ...(await apiRss(record, run))] : figures
    } finally {
      await record.close()
    }
  },
}
