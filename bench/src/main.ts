import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import type { BenchCase, BenchRun } from './bench-case.ts'
import { appendBatch } from './cases/append-batch.ts'
import { appendSingle } from './cases/append-single.ts'
import { appendWithSealer } from './cases/append-with-sealer.ts'
import { esdbAppend } from './cases/esdb-append.ts'
import { largeRecord } from './cases/large-record.ts'
import { packAndVerify } from './cases/pack-and-verify.ts'
import { pageFirstContent } from './cases/page-first-content.ts'
import { projectionLag } from './cases/projection-lag.ts'
import { proofBytes } from './cases/proof-bytes.ts'
import { rebuild } from './cases/rebuild.ts'
import { sealLag } from './cases/seal-lag.ts'
import { webInitialJs } from './cases/web-initial-js.ts'
import { holds, printFigure } from './report.ts'
import { full, quick } from './scale.ts'

const cases: readonly BenchCase[] = [
  appendSingle,
  appendBatch,
  projectionLag,
  sealLag,
  appendWithSealer,
  rebuild,
  largeRecord,
  packAndVerify,
  proofBytes,
  webInitialJs,
  pageFirstContent,
  esdbAppend,
]
const names = cases.flatMap(({ figures }) => figures)

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const wanted = options.only?.split(',') ?? names
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}; there are ${names.join(', ')}.`)
  process.exit(2)
}

const skipped: string[] = []
const run: BenchRun = {
  scale: options.quick ? quick : full,
  wants: (figure) => wanted.includes(figure),
  skip: (what) => skipped.push(what),
}
if (!options.json) {
  const [cpu] = cpus()
  console.log(
    `Node ${process.version}, SQLite ${process.versions.sqlite}, ${cpus().length} × ${cpu?.model.trim()}${options.quick ? ', quick' : ''}`,
  )
}

let short = 0
let broken = 0
for (const bench of cases.filter(({ figures }) => figures.some(run.wants))) {
  try {
    const figures = await bench.run(run)
    for (const figure of figures.filter(({ name }) => run.wants(name))) {
      printFigure(figure, options.json)
      if (!holds(figure)) short++
    }
  } catch (error) {
    broken++
    console.error(`✗ ${bench.figures.join(', ')}: ${error instanceof Error ? error.stack : error}`)
  }
}
if (skipped.length > 0) console.error(`Skipped: ${skipped.join('; ')}.`)
if (short > 0) console.error(`${short} of ${wanted.length} fall short${options.quick ? ', which a quick run forgives' : ''}.`)
process.exit(broken > 0 || (short > 0 && !options.quick) ? 1 : 0)
