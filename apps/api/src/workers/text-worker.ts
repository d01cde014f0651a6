import { openEvents } from '@annal/ledger'
import { openSqliteReadModel, openViewsFile, runProjection, textProjection } from '@annal/projections/audit-trail'
import { type Purge, purgeTextOf } from './purge-text-of.ts'
import { openViewsWorker, viewsRemoved } from './views-worker.ts'

/** Words take the most work, and can wait: with processors to spare they are written as fast as ever, else they get a tenth of one. */
const PRIORITY = 10
/** In ms, while events come in numbers. */
const EVERY = 100

const { files, keys, surroundings, report, serve } = await openViewsWorker(PRIORITY)
const search = openViewsFile({ file: files.search, removed: viewsRemoved })
const text = runProjection({
  ...surroundings,
  projection: textProjection((recorded) => openEvents(recorded, keys)),
  readModel: search,
  interval: EVERY,
  onStatus: report('audit-trail-text'),
})

serve([text], {
  purge: async (purge: Purge) => {
    const views = openSqliteReadModel({ file: files.views, mode: 'read', cacheKib: 2_048 })
    try {
      await purgeTextOf(purge, { views, search, keys })
    } finally {
      await views.close()
    }
  },
})
