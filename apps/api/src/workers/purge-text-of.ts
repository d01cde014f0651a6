import type { KeyReader, Position, RecordedEvent } from '@annal/ledger'
import { openEvents } from '@annal/ledger'
import { openAuditTrail, purgeText, type ReadModel } from '@annal/projections/audit-trail'
import type { EventReference } from '@annal/proof'

/** Of what the text search must forget all that can't be read any more. */
export type Purge =
  | { readonly workspace: string; readonly subject: string }
  | { readonly workspace: string; readonly events: readonly EventReference[] }

export interface PurgeSurroundings {
  readonly views: ReadModel
  readonly search: ReadModel
  readonly keys: KeyReader
}

const PAGE = 200

/** To be called after the keys were destroyed and the views show everything that was recorded before. */
export async function purgeTextOf(purge: Purge, { views, search, keys }: PurgeSurroundings): Promise<void> {
  const open = (recorded: readonly RecordedEvent[]) => openEvents(recorded, keys)
  for await (const events of purged(purge, { views, search, keys })) {
    const later = await purgeText({ views, search, open }, events)
    if (later.length > 0) throw new Error(`expected the views to show what is purged, found ${later.length} events that they don't`)
  }
}

async function* purged(purge: Purge, { views, search }: PurgeSurroundings): AsyncGenerator<readonly RecordedEvent[]> {
  const trail = openAuditTrail({ views, search })
  const { workspace } = purge
  if ('events' in purge) {
    const found = await Promise.all(purge.events.map(({ stream, id }) => trail.event(workspace, id, { stream })))
    yield found.filter((event) => event !== null)
    return
  }
  // The subject's id stands in each of its events in plain text, so the text search finds them, purged or not.
  for (let after: Position | null = null; ; ) {
    const page = await trail.page({ workspace, filter: { text: purge.subject }, order: 'oldest-first', after, limit: PAGE })
    if (page.events.length > 0) yield page.events
    const last = page.events.at(-1)
    if (!page.more || last === undefined) return
    after = last.position
  }
}
