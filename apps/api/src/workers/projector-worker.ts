import { LagHistogram } from '@annal/ledger'
import { openViewsFile, registersProjection, runProjection, trailProjection } from '@annal/projections'
import { openViewsWorker, viewsRemoved } from './views-worker.ts'

/** Who has a receipt soon looks for its event: nicer than the thread that records, this one fell seconds behind while both had much to do. */
const PRIORITY = 0
/** In ms, while events come in numbers. */
const REGISTERS_EVERY = 50

const { files, surroundings, report, serve } = await openViewsWorker(PRIORITY)

/** One for both: transactions of two would wait for each other in vain, within one thread. */
const views = openViewsFile({ file: files.views, removed: viewsRemoved })
serve([
  runProjection({
    ...surroundings,
    projection: trailProjection(),
    readModel: views,
    lag: new LagHistogram(files.lag),
    onStatus: report('audit-trail'),
  }),
  runProjection({
    ...surroundings,
    projection: registersProjection(),
    readModel: views,
    interval: REGISTERS_EVERY,
    onStatus: report('registers'),
  }),
])
