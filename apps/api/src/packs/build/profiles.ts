import { openEvent, type RecordedEvent } from '@annal/ledger'
import type { BuildSurroundings } from './build-surroundings.ts'
import { streamEvents } from './stream-events.ts'

/** The profile of a person as it stands at the pack's head. */
export interface ProfileInForce {
  readonly person: string
  readonly name: string
  readonly recorded: RecordedEvent
}

const TYPES = ['PersonProfileSet']

/** The profiles in force of these people, as far as they are under the head and can still be read. */
export async function profilesOf(
  workspace: string,
  people: Iterable<string>,
  { store, keys, log }: Pick<BuildSurroundings, 'store' | 'keys' | 'log'>,
): Promise<ProfileInForce[]> {
  const profiles: ProfileInForce[] = []
  for (const person of [...people].sort()) {
    let newest: RecordedEvent | null = null
    for await (const recorded of streamEvents(store, `${workspace}.person-${person}`))
      if (TYPES.includes(recorded.type) && log.leafOf(recorded) !== null) newest = recorded
    const name = newest === null ? null : openEvent(newest, keys).data.name
    if (newest !== null && typeof name === 'string') profiles.push({ person, name, recorded: newest })
  }
  return profiles
}
