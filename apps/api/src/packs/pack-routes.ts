import { basename, dirname } from 'node:path'
import type { Ledger } from '@annal/ledger'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mayUse } from '../graphql/field-roles.ts'
import type { Authenticate } from '../graphql/graphql-routes.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Caller } from '../identity/caller.ts'
import { recordOwn } from '../identity/record-access.ts'
import type { JobFolder } from './job-folder.ts'
import type { PackDesk } from './pack-desk.ts'
import type { PackRecord } from './pack-record.ts'

export interface PackRouteSurroundings {
  readonly desk: PackDesk
  readonly folder: JobFolder
  readonly ledger: Ledger
  readonly authenticate: Authenticate
  readonly now: () => string
}

/** `GET /packs/<id>` and `GET /w/<workspace>/packs/<id>`: the file, whole or in ranges. That somebody takes it is recorded before its first byte goes out. */
export async function packRoutes(app: FastifyInstance, around: PackRouteSurroundings): Promise<void> {
  await app.register(fastifyStatic, { root: around.folder.folder, serve: false, decorateReply: true })
  for (const url of ['/packs/:id', '/w/:workspace/packs/:id']) {
    app.get<{ Params: { id: string } }>(url, { onRequest: around.authenticate }, async (request, reply) => {
      const taken = await packFor(request, around)
      const { record } = taken
      const etag = `"${record.sha256}"`
      keepRangeOf(request, etag)
      if (beginsDownload(request, taken)) await recordDownload(taken, around)
      const path = around.folder.file(record.pack)
      reply.header('etag', etag)
      reply.header('content-disposition', `attachment; filename="annal-${record.pack}.zip"`)
      reply.header('cache-control', 'private, no-cache')
      reply.header('x-content-type-options', 'nosniff')
      reply.type('application/zip')
      return reply.sendFile(basename(path), dirname(path), { acceptRanges: true, cacheControl: false, etag: false, lastModified: false })
    })
  }
}

/** RFC 9110 §13.1.5: who has a part of another file gets all of this one. */
function keepRangeOf({ headers }: FastifyRequest, etag: string): void {
  const held = headers['if-range']
  if (held === undefined) return
  delete headers['if-range']
  if (held !== etag) delete headers.range
}

const LATER_PIECE = /^bytes=0*[1-9]\d*-/

interface Taken {
  readonly caller: Caller
  readonly record: PackRecord
  /** In bytes. */
  readonly size: number
}

/** @throws TypedError for who may not download it, and where there is none. */
async function packFor(
  { caller, params }: FastifyRequest<{ Params: { id: string } }>,
  { desk, folder }: PackRouteSurroundings,
): Promise<Taken> {
  if (caller === null || !mayUse('Query.pack', caller)) throw new TypedError('FORBIDDEN', 'The role may not download evidence packs.')
  const record = await desk.record(caller, params.id)
  const size = record === null ? null : folder.size(record.pack)
  if (record === null || size === null) throw new TypedError('NOT_FOUND', 'There is no such pack.')
  return { caller, record, size }
}

function beginsDownload(request: FastifyRequest, { caller, record, size }: Taken): boolean {
  return request.method === 'GET' && !isResumed(request, caller, record) && !isBeyond(request, size)
}

/** A download that goes on was recorded when this person began it. Who asks for a later piece alone begins with that one. */
function isResumed({ headers }: FastifyRequest, { actor }: Caller, { takenBy }: PackRecord): boolean {
  return LATER_PIECE.test(headers.range ?? '') && takenBy.includes(actor.id)
}

/** Whoever asks for bytes behind the end, or for the last none, gets a 416 and nothing of the pack. */
function isBeyond({ headers }: FastifyRequest, size: number): boolean {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? []
  return first === '' ? Number(last) === 0 && last !== '' : first !== undefined && Number(first) >= size
}

async function recordDownload({ caller, record }: Taken, { ledger, now }: PackRouteSurroundings): Promise<void> {
  const { actor, workspace } = caller
  const { pack, sha256 } = record
  if (actor.kind !== 'person') throw new TypedError('FORBIDDEN', 'Evidence packs are handed to people: sign in to download one.')
  const data = { pack, person: actor.id, sha256 }
  await recordOwn(ledger, [{ type: 'PackDownloaded', data, workspace, actor, at: now() }])
}
