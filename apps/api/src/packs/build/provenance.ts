import type { RecordedEvent } from '@annal/ledger'
import { isContinued, parseEventBytes } from '@annal/proof'
import { accessOf } from '../../identity/record-access.ts'
import type { BuildSurroundings } from './build-surroundings.ts'
import type { PackLog, PlacedEvent } from './pack-log.ts'
import { streamEvents } from './stream-events.ts'

/** `RoleGranted` and `RoleRevoked` of these people: by what right they decided. */
export async function roleEvents(
  workspace: string,
  people: ReadonlySet<string>,
  { store, log }: Pick<BuildSurroundings, 'store' | 'log'>,
): Promise<PlacedEvent[]> {
  if (people.size === 0) return []
  const found: PlacedEvent[] = []
  for await (const recorded of streamEvents(store, accessOf(workspace)))
    if (isRole(recorded) && people.has(personOf(recorded))) found.push(...placed(recorded, log))
  return found.sort(byLeaf)
}

/** `SigningKeyIntroduced` and `SigningKeyRetired`, in the log named `system`. */
export async function signingKeyEvents({ store, systemLog }: Pick<BuildSurroundings, 'store' | 'systemLog'>): Promise<PlacedEvent[]> {
  const found: PlacedEvent[] = []
  for await (const recorded of streamEvents(store, 'system.ledger-keys')) found.push(...placed(recorded, systemLog))
  return found.sort(byLeaf)
}

/** `LogContinued`, the first leaf of a log that continues another; of any other log nothing. */
export async function breakEvents(log: PackLog): Promise<PlacedEvent[]> {
  if (!isContinued(log.origin) || log.size === 0) return []
  const found: PlacedEvent[] = []
  for await (const first of log.events(0, 1)) found.push(first)
  return found
}

export function placed(recorded: RecordedEvent, log: PackLog): PlacedEvent[] {
  const leaf = log.leafOf(recorded)
  return leaf === null ? [] : [{ leaf, recorded }]
}

function byLeaf(a: PlacedEvent, b: PlacedEvent): number {
  return a.leaf - b.leaf
}

function isRole({ type }: RecordedEvent): boolean {
  return type === 'RoleGranted' || type === 'RoleRevoked'
}

function personOf({ bytes, stream, id }: RecordedEvent): string {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${stream}/${id}, found ${parsed.reason}`)
  return String(parsed.envelope.data.person)
}
