import { connection } from '../graphql/connection.ts'
import { pageSize } from '../trail/page-request.ts'
import { asPosition } from '../trail/position.ts'
import { trailEvents } from '../trail/trail-events.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { ErasureDesk } from './erasure-desk.ts'

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

interface Surroundings {
  readonly desk: ErasureDesk
  readonly trail: TrailReader
}

type Data = Readonly<Record<string, unknown>>

/** Each data subject once, at the newest event about its erasure. */
export async function erasurePage(workspace: string, { first, after }: PageArguments, { desk, trail }: Surroundings) {
  const filter = { types: ['ErasureRequested', 'ErasureRefused', 'SubjectErased'] }
  return pageOf({ workspace, filter, first, after }, trail, async ({ id, data }) => {
    const subject = String(data.subject)
    const record = await desk.subject(workspace, subject)
    if (record.event !== id) return null
    return { ...record, packsHeldBy: () => desk.holders(workspace, subject) }
  })
}

export async function holdPage(workspace: string, { first, after }: PageArguments, { desk, trail }: Surroundings) {
  return pageOf({ workspace, filter: { types: ['LegalHoldPlaced'] }, first, after }, trail, async ({ data, recordedAt, actor }) => ({
    id: String(data.hold),
    subject: data.subject ?? null,
    systems: data.systems ?? [],
    matter: typeof data.matter === 'string' ? data.matter : null,
    placedAt: recordedAt,
    placedBy: actor.id,
    reviewOn: data.reviewOn ?? null,
    releasedAt: await desk.releasedAt(workspace, data),
  }))
}

interface Asked {
  readonly workspace: string
  readonly filter: { readonly types: readonly string[] }
  readonly first: number | null | undefined
  readonly after: string | null | undefined
}

interface Found {
  readonly id: string
  readonly data: Data
  readonly recordedAt: string
  readonly actor: { readonly id: string }
}

/** One page of what `show` makes of the events, newest first; what it makes nothing of is passed over. */
async function pageOf({ workspace, filter, first, after }: Asked, trail: TrailReader, show: (found: Found) => Promise<object | null>) {
  const limit = pageSize(first)
  const edges: { cursor: string; node: object }[] = []
  const from = after == null ? null : asPosition(after)
  for await (const event of trailEvents(trail, { workspace, filter, order: 'newest-first', after: from })) {
    const node = await show({ ...event, data: event.data as Data })
    if (node === null) continue
    if (edges.length === limit) return connection({ edges, more: true, continued: from !== null })
    edges.push({ cursor: event.position, node })
  }
  return connection({ edges, more: false, continued: from !== null })
}
