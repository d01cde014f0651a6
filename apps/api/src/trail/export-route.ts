import { Readable } from 'node:stream'
import type { Position } from '@annal/ledger'
import { stringify } from 'csv-stringify/sync'
import type { FastifyInstance } from 'fastify'
import { mayUse } from '../graphql/field-roles.ts'
import type { Authenticate } from '../graphql/graphql-routes.ts'
import { TypedError } from '../http/typed-error.ts'
import type { AsOf } from '../past/as-of.ts'
import { CSV, type ExportFormat, exportColumns } from './export-text.ts'
import { type ExportQuery, readExportQuery } from './filter-of-query.ts'
import type { TrailReader } from './trail-reader.ts'

const PAGE = 500

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
}

export interface ExportSurroundings {
  readonly reader: TrailReader
  readonly asOf: AsOf
  readonly authenticate: Authenticate
}

/** `GET /w/<workspace>/export/events.csv` or `.jsonl`: what the audit trail shows with this filter, `asOf` among it, page after page as the reader takes it. */
export function exportRoute(app: FastifyInstance, { reader, asOf, authenticate }: ExportSurroundings): void {
  for (const format of ['csv', 'jsonl'] as const) {
    app.get(`/w/:workspace/export/events.${format}`, { onRequest: authenticate }, async (request, reply) => {
      const { caller } = request
      if (caller === null || !mayUse('Query.events', caller)) throw new TypedError('FORBIDDEN', 'The role may not read the audit trail.')
      const query = readExportQuery(request.query as Readonly<Record<string, unknown>>, caller.workspace)
      if (query.asOf !== null) await asOf.known(caller.workspace, query.asOf)
      reply.header('content-type', mediaTypes[format])
      reply.header('content-disposition', `attachment; filename="annal-events-${new Date().toISOString().slice(0, 10)}.${format}"`)
      reply.header('cache-control', 'no-store')
      reply.header('x-content-type-options', 'nosniff')
      return reply.send(
        Readable.from(pages(reader, { ...query, workspace: caller.workspace }, format), { objectMode: true, highWaterMark: 1 }),
      )
    })
  }
}

async function* pages(
  reader: TrailReader,
  { workspace, filter, order }: ExportQuery & { workspace: string },
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield stringify([[...exportColumns]], CSV)
  let after: Position | null = null
  for (;;) {
    const page = await reader.exportPage({ workspace, filter, order, after, limit: PAGE }, format)
    if (page.text !== '') yield page.text
    if (!page.more) return
    after = page.last
  }
}
