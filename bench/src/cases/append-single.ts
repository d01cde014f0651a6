import { AnnalProcess, graphql } from '../../../test/kit/annal-process.ts'
import { caughtUp } from '../../../test/kit/caught-up.ts'
import type { BenchCase, BenchRun } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import { alternate, median, percentile } from '../load/statistics.ts'
import type { Figure } from '../report.ts'
import { createEventTable, findPostgres, oneRowCommits, startPostgres } from '../yardsticks/postgres.ts'
import { plainRow } from './bias-audit.ts'

const CONNECTIONS = 64
/** In ms: as often somebody looks who keeps the views from resting. */
const LOOKS_EVERY = 1_000

/** Single-event mutations over HTTP at 64 connections, beside PostgreSQL's one-row commits at 64 connections. */
export const appendSingle: BenchCase = {
  figures: ['append-single-64', 'append-p99', 'projection-caught-up'],
  async run(run) {
    const annal = await AnnalProcess.start()
    try {
      return await measure(annal, run)
    } finally {
      await annal.stop()
    }
  },
}

async function measure(annal: AnnalProcess, run: BenchRun): Promise<Figure[]> {
  const { scale } = run
  const nextRequest = appendRequests(await annal.key('service'), 1)
  const auditor = await annal.key('auditor')
  const load = (milliseconds: number) =>
    httpLoad({ port: annal.port, connections: CONNECTIONS, milliseconds, nextRequest, accept: allRecorded })
  const p99s: number[] = []
  const behind: number[] = []
  /** The yardstick's turn comes when the views have caught up, so that the projector doesn't slow it. */
  const ours = async () => {
    const { perSecond, latencies } = await load(scale.round)
    behind.push(await caughtUp(annal.url, auditor))
    p99s.push(percentile(latencies, 0.99))
    return perSecond
  }
  await load(scale.warmUp)
  await caughtUp(annal.url, auditor)
  const single = await besidePostgres(run, ours)
  const watched = await watching(annal.url, auditor, () => load(scale.round))
  const beside = `while somebody looks, so that the views don't rest: ${Math.round(watched.perSecond)} per second`
  return [
    { name: 'append-single-64', unit: 'per second', ...single, details: [beside] },
    { name: 'append-p99', value: median(p99s), unit: 'ms', bound: { kind: 'at most', value: 50 } },
    { name: 'projection-caught-up', value: Math.max(...behind), unit: 's', bound: { kind: 'at most', value: 20 } },
  ]
}

async function watching<Result>(url: string, key: string, work: () => Promise<Result>): Promise<Result> {
  const look = () => graphql(url, key, '{ ledger { head } }')
  await look()
  const looking = setInterval(() => void look(), LOOKS_EVERY)
  try {
    return await work()
  } finally {
    clearInterval(looking)
  }
}

type Beside = Pick<Figure, 'value' | 'yardstick' | 'yardstickValue' | 'bound'>

async function besidePostgres({ scale, wants, skip }: BenchRun, ours: () => Promise<number>): Promise<Beside> {
  const bin = wants('append-single-64') ? findPostgres() : null
  if (bin === null) {
    if (wants('append-single-64')) skip('append-single-64 has no yardstick: no PostgreSQL under /usr/lib/postgresql')
    const { ours: value } = await alternate(scale.rounds, ours, async () => 0)
    return { value, bound: null }
  }
  const postgres = await startPostgres(bin)
  try {
    await createEventTable(postgres.pool)
    let row = 0
    const commits = (milliseconds: number) =>
      oneRowCommits(postgres.pool, { connections: CONNECTIONS, milliseconds, nextRow: () => plainRow(row++) })
    await commits(scale.warmUp)
    const medians = await alternate(scale.rounds, ours, () => commits(scale.round))
    return {
      value: medians.ours,
      yardstick: `PostgreSQL ${postgres.version} one-row commits at ${CONNECTIONS} connections`,
      yardstickValue: medians.yardstick,
      bound: { kind: 'ratio at least', value: 1 },
    }
  } finally {
    await postgres.stop()
  }
}
