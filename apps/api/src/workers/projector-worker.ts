import { LagHistogram } from '@annal/ledger'
import { openViewsFile, registersProjection, runProjection, trailProjection } from '@annal/projections'
import { openViewsWorker, viewsRemoved } from './views-worker.ts'

/** In ms, while events come in numbers. */
const REGISTERS_EVERY = 50

const { files, surroundings, report, serve } = await openViewsWorker(0)

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
