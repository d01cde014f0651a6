import type { BenchRun } from '../bench-case.ts'
import { allRecorded, appendRequests } from '../load/append-requests.ts'
import { httpLoad } from '../load/http-load.ts'
import { residentMemory } from '../load/resident-memory.ts'
import type { LargeRecord } from '../record/large-record.ts'
import type { Figure } from '../report.ts'

const CONNECTIONS = 64

/** Resident memory of the server with all its threads, right after a time of single appends at 64 connections. */
export async function apiRss({ annal, service, projected }: LargeRecord, { scale, skip }: BenchRun): Promise<Figure[]> {
  const afterPages = residentMemory(annal.pid)
  const nextRequest = appendRequests(service, 1)
  await httpLoad({ port: annal.port, connections: CONNECTIONS, milliseconds: scale.loadBeforeRss, nextRequest, accept: allRecorded })
  const afterAppends = residentMemory(annal.pid)
  if (projected.memory === null || afterPages === null || afterAppends === null) {
    skip('api-rss is left out: this system has no /proc')
    return []
  }
  const before = `before: ${Math.round(projected.memory)} MiB when all events were projected, ${Math.round(afterPages)} MiB after the pages`
  return [{ name: 'api-rss', value: afterAppends, unit: 'MiB', bound: { kind: 'at most', value: 450 }, details: [before] }]
}
