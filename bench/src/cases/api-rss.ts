import { existsSync, readFileSync } from 'node:fs'
import type { BenchRun } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import type { LargeRecord } from '../record/large-record.ts'
import type { Figure } from '../report.ts'

/** Resident memory of the server with all its threads, right after a time of single appends at 64 connections. */
export async function apiRss({ annal, service, projectedSeconds }: LargeRecord, { scale, skip }: BenchRun): Promise<Figure[]> {
  const status = `/proc/${annal.pid}/status`
  if (!existsSync(status)) {
    skip('api-rss is left out: this system has no /proc')
    return []
  }
  const before = residentMiB(status)
  await httpLoad({
    port: annal.port,
    connections: 64,
    milliseconds: scale.loadBeforeRss,
    nextRequest: appendRequests(service, 1),
    accept: allRecorded,
  })
  const figure: Figure = {
    name: 'api-rss',
    value: residentMiB(status),
    unit: 'MiB',
    bound: { kind: 'at most', value: 450 },
    details: [
      `${Math.round(before)} MiB before the append load; the same process has projected all events (${projectedSeconds.toFixed(1)} s)`,
    ],
  }
  return [figure]
}

function residentMiB(status: string): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
  if (kib === undefined) throw new Error(`expected VmRSS in ${status}, found none`)
  return Number(kib) / 1024
}
