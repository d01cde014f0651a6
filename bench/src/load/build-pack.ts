import { randomUUID } from 'node:crypto'
import { createWriteStream, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { type AnnalProcess, graphql } from '../../../test/kit/annal-process.ts'
import { peakOfChildren, residentMemory } from './resident-memory.ts'

export interface BuiltPack {
  readonly seconds: number
  /** The most resident memory meanwhile, in MiB, of the process that builds it and of the server; null where there is no /proc. */
  readonly peak: { readonly builder: number; readonly server: number } | null
}

/** Packs are made for people, and a session sends the dashboard's documents only. */
const documents = resolve(import.meta.dirname, '../../../apps/web/dist/persisted-documents.json')
const STATUS = 'query ($id: ID!) { pack(id: $id) { status problem } }'
const LOOK_EVERY = 20
const PATIENCE = 600_000

interface Status {
  readonly pack: { readonly status: 'BUILDING' | 'READY' | 'FAILED'; readonly problem: string | null }
}

/** Asks for a pack of the whole workspace as the dashboard does, and takes it to `file`; the time ends when it is ready. */
export async function buildPack(
  { url, pid }: AnnalProcess,
  { auditor, cookie }: { readonly auditor: string; readonly cookie: string },
  file: string,
): Promise<BuiltPack> {
  const started = performance.now()
  let peak = null as BuiltPack['peak']
  const id = await exportPack(url, cookie)
  for (;;) {
    const { status, problem } = (await graphql<Status>(url, auditor, STATUS, { id })).pack
    const server = residentMemory(pid)
    if (server !== null)
      peak = { builder: Math.max(peak?.builder ?? 0, peakOfChildren(pid) ?? 0), server: Math.max(peak?.server ?? 0, server) }
    if (status === 'READY') break
    if (status === 'FAILED' || performance.now() - started > PATIENCE) throw new Error(`expected a pack, found ${status}: ${problem}`)
    await setTimeout(LOOK_EVERY)
  }
  const seconds = (performance.now() - started) / 1_000
  const { body, status } = await fetch(`${url}/packs/${id}`, { headers: { cookie } })
  if (status !== 200 || body === null) throw new Error(`expected the pack's file, found ${status}`)
  await pipeline(Readable.fromWeb(body), createWriteStream(file))
  return { seconds, peak }
}

async function exportPack(url: string, cookie: string): Promise<string> {
  const known = Object.entries(JSON.parse(readFileSync(documents, 'utf8')) as Record<string, string>)
  const sha256Hash = known.find(([, text]) => text.startsWith('mutation ExportPack('))?.[0]
  if (sha256Hash === undefined) throw new Error(`expected the dashboard's ExportPack in ${documents}, found none`)
  const variables = { input: { id: randomUUID(), purpose: 'A benchmark', scope: { kind: 'WORKSPACE' } } }
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: url },
    body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } }, variables }),
  })
  const said = (await answer.json()) as { data?: { exportPack?: { id?: string } } }
  const id = said.data?.exportPack?.id
  if (id === undefined) throw new Error(`expected a pack to be begun, found ${JSON.stringify(said)}`)
  return id
}
