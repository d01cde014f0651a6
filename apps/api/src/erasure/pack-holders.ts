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
  /** Who the subject is, where it is somebody of the organisation: packs disclose his profile beside events of anything. */
  readonly people: ReadonlySet<string>
}

/**
 * Packs that disclose personal fields and cover what the subject's events are about. Whether a filter found one of them isn't recorded:
 * such packs are listed too, for a holder too many is told and none too few.
 */
export async function packHolders(workspace: string, footprint: Footprint, around: HolderSurroundings): Promise<PackHolder[]> {
  const holders: PackHolder[] = []
  for await (const exported of trailEvents(around.trail, { workspace, filter: { types: ['EvidencePackExported'] }, order: 'oldest-first' }))
    if (mayDisclose(exported, footprint)) holders.push(...(await holderOf(workspace, exported, footprint, around)))
  return holders
}

function mayDisclose({ data, recordedAt }: EventView, { first }: Footprint): boolean {
  return (data as { withNames?: boolean }).withNames === true && recordedAt >= first
}

function covers({ data }: EventView, { about, first }: Footprint): boolean {
  const { scope } = data as { scope?: { thing?: string; period?: { until: string } } }
  if (scope?.thing !== undefined) return about.has(scope.thing)
  return scope?.period === undefined || first < scope.period.until
}

async function holderOf(
  workspace: string,
  exported: EventView,
  footprint: Footprint,
  { store, keys }: HolderSurroundings,
): Promise<PackHolder[]> {
  const { pack } = exported.data as { pack: string }
  const people = new Set<string>()
  let recipient: string | null = null
  let names = false
  for await (const recorded of streamEvents(store, `${workspace}.ledger-pack~${pack}`)) {
    const [{ data } = { data: {} as Readonly<Record<string, unknown>> }] = openEvents([recorded], keys)
    if (recorded.type === 'PackDownloaded') people.add(String(data.person))
    if (recorded.type !== 'PersonalDataDisclosed') continue
    if (typeof data.recipient === 'string') recipient = data.recipient
    names ||= Array.isArray(data.people) && data.people.some((person) => footprint.people.has(person))
  }
  return names || covers(exported, footprint) ? [{ pack, recipient, people: [...people], exportedAt: exported.recordedAt }] : []
}
