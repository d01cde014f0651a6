import type { BenchCase } from '../bench-case.ts'
import { openLargeRecord } from '../record/large-record.ts'
import { apiRss } from './api-rss.ts'
import { trailPage } from './trail-page.ts'

/** What is measured on one server with 1,000,000 events: its memory after its pages were asked for. */
export const largeRecord: BenchCase = {
  figures: ['trail-page-p95', 'api-rss'],
  async run(run) {
    const record = await openLargeRecord(run.scale.trailEvents)
    try {
      const page = await trailPage(record, run.scale)
      return run.wants('api-rss') ? [page, ...(await apiRss(record, run))] : [page]
    } finally {
      await record.close()
    }
  },
}
