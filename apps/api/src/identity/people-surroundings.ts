import type { KeyStore, SessionStore } from '@annal/ledger'
import type { GuardedStreams } from '../append/guarded-streams.ts'
import type { Turns } from '../append/turns.ts'
import type { ServerClock } from '../clock/server-clock.ts'
import type { AtWork } from './at-work.ts'
import type { Directory } from './directory.ts'
import type { PeopleDirectory } from './people-directory.ts'
import { referenceOfPerson } from './person-reference.ts'
import type { DirectoryReader } from './read-directory.ts'
import type { OwnEvent } from './record-access.ts'
import { type OwnOutcome, recordGuarded } from './record-guarded.ts'
import type { Sessions } from './sessions.ts'
import type { SignInLinks } from './sign-in-links.ts'

/** What everything needs that changes who is who and may what. */
export interface PeopleSurroundings {
  readonly guarded: GuardedStreams
  readonly keys: KeyStore
  readonly directory: Directory
  readonly reader: DirectoryReader
  readonly people: PeopleDirectory
  readonly store: SessionStore
  readonly sessions: Sessions
  readonly links: SignInLinks
  readonly clock: ServerClock
  readonly atWork: AtWork
  /** By workspace: who looks whether an address is free, and then gives it to somebody. */
  readonly addresses: Turns
}

/** What the form says of a person can't be used. */
export interface Invalid {
  readonly status: 'invalid'
  readonly message: string
  readonly path: string | null
}

export interface NotThere {
  readonly status: 'not-found'
  readonly message: string
}

/** A rule of the deciders forbids it. */
export interface Forbidden {
  readonly status: 'refused'
  readonly reason: string
  readonly message: string
}

export const noSuchPerson: NotThere = { status: 'not-found', message: 'This workspace has no such person.' }

export function invalid(message: string, path: string | null): Invalid {
  return { status: 'invalid', message, path }
}

/** The data subject that stands for a person in a workspace: erasing it erases his name there. */
export function subjectOf({ keys }: PeopleSurroundings, workspace: string, person: string): string {
  return keys.subjectFor(workspace, referenceOfPerson(person))
}

/** Records events of one person's stream, and lets the directories know. */
export async function recordOfPerson(
  { guarded, people }: PeopleSurroundings,
  person: string,
  events: readonly OwnEvent[],
): Promise<OwnOutcome> {
  const outcome = await recordGuarded(guarded, events)
  for (const workspace of new Set(events.map((event) => event.workspace))) people.changed(workspace, person)
  return outcome
}

/** Records events of a workspace's access, and lets them hold at once. */
export async function recordOfAccess({ guarded, reader }: PeopleSurroundings, events: readonly OwnEvent[]): Promise<OwnOutcome> {
  const outcome = await recordGuarded(guarded, events)
  await reader.refresh()
  return outcome
}
