import { type EventReader, type KeyReader, openEvents } from '@annal/ledger'
import { streamEvents } from '../packs/build/stream-events.ts'
import type { EventView } from '../trail/event-view.ts'
import { trailEvents } from '../trail/trail-events.ts'
import type { TrailReader } from '../trail/trail-reader.ts'

/** A pack that discloses personal data of a subject, and who took it (GDPR Art. 19). */
export interface PackHolder {
  readonly pack: string
  /** As it was stated; null where that was erased. */
  readonly recipient: string | null
  readonly people: readonly string[]
  readonly exportedAt: string
}

export interface HolderSurroundings {
  readonly store: EventReader
  readonly keys: KeyReader
  readonly trail: TrailReader
}

/** What the events of a subject are about, and when the first was recorded. */
export interface Footprint {
  readonly about: ReadonlySet<string>
  readonly first: string
}

/**
 * Packs that disclose personal fields and cover what the subject's events are about. Whether a filter found one of them isn't recorded:
 * such packs are listed too, for a holder too many is told and none too few.
 */
export async function packHolders(workspace: string, footprint: Footprint, around: HolderSurroundings): Promise<PackHolder[]> {
  const holders: PackHolder[] = []
  for await (const exported of trailEvents(around.trail, { workspace, filter: { types: ['EvidencePackExported'] }, order: 'oldest-first' }))
    if (discloses(exported, footprint)) holders.push(await holderOf(workspace, exported, around))
  return holders
}

function discloses({ data, recordedAt }: EventView, { about, first }: Footprint): boolean {
  const { scope, withNames } = data as { scope?: { thing?: string; period?: { until: string } }; withNames?: boolean }
  if (withNames !== true || recordedAt < first) return false
  if (scope?.thing !== undefined) return about.has(scope.thing)
  return scope?.period === undefined || first < scope.period.until
}

async function holderOf(workspace: string, exported: EventView, { store, keys }: HolderSurroundings): Promise<PackHolder> {
  const { pack } = exported.data as { pack: string }
  const people = new Set<string>()
  let recipient: string | null = null
  for await (const recorded of streamEvents(store, `${workspace}.ledger-pack~${pack}`)) {
    const [{ data } = { data: {} as Readonly<Record<string, unknown>> }] = openEvents([recorded], keys)
    if (recorded.type === 'PackDownloaded') people.add(String(data.person))
    if (recorded.type === 'PersonalDataDisclosed' && typeof data.recipient === 'string') recipient = data.recipient
  }
  return { pack, recipient, people: [...people], exportedAt: exported.recordedAt }
}
