import type { Person } from '@annal/ledger'
import { parseEventBytes } from '@annal/proof'
import { reportFault } from '../http/report-fault.ts'
import { ApiKeys } from '../identity/api-keys.ts'
import { AtWork } from '../identity/at-work.ts'
import { Authenticator } from '../identity/authenticate.ts'
import { Directory } from '../identity/directory.ts'
import { DirectoryReader } from '../identity/read-directory.ts'
import { Sessions } from '../identity/sessions.ts'
import { appointAdministrator, openFirstWorkspace } from './open-first-workspace.ts'
import type { LedgerRoom } from './open-ledger-room.ts'

/** How often, in ms, access is read again: another process may have granted or revoked it. */
const REFRESH = 2_000

export interface IdentityRoom {
  readonly directory: Directory
  readonly authenticator: Authenticator
  readonly keys: ApiKeys
  readonly reader: DirectoryReader
  readonly sessions: Sessions
  readonly atWork: AtWork
  /** The first administrator. */
  administrator(): Person
  close(): void
}

/**
 * Reads who may do what from the record; an empty record first gets a workspace and somebody who administers it. `sampleFrom`: an empty
 * record becomes a sample whose clock begins there.
 */
export async function openIdentityRoom(room: LedgerRoom, host: string, sampleFrom: string | null): Promise<IdentityRoom> {
  const { ledger, store, clock } = room
  const directory = new Directory()
  const reader = new DirectoryReader(store, directory)
  await reader.readWorkspaces()
  await continueSimulation(room, directory)
  if (directory.allWorkspaces().length === 0) {
    if (sampleFrom !== null) clock.simulateFrom(sampleFrom)
    await openFirstWorkspace(ledger, clock, host)
    await reader.readWorkspaces()
  }
  await reader.refresh()
  for (const { id } of directory.allWorkspaces()) {
    if (directory.membersOf(id).people.length > 0) continue
    await appointAdministrator(ledger, clock, id)
    await reader.refresh()
  }
  const sessions = new Sessions(room.sessions, clock.machineInstant)
  const atWork = new AtWork(directory, clock.instant)
  const keys = new ApiKeys({ ledger, directory, reader, atWork, now: clock.instant })
  // A store that can't be reached shows at `/health/ready` and at each request that needs it; the next look may succeed.
  const timer = setInterval(() => void reader.refresh().catch((error) => reportFault(error, 'directory')), REFRESH)
  timer.unref()
  return {
    directory,
    atWork,
    keys,
    reader,
    sessions,
    authenticator: new Authenticator(directory, sessions, clock),
    administrator: () => administratorOf(directory, clock.instant()),
    close: () => clearInterval(timer),
  }
}

/** The clock of a sample goes on from the newest event. */
async function continueSimulation({ store, clock }: LedgerRoom, directory: Directory): Promise<void> {
  if (!directory.allWorkspaces().some(({ simulatedClock }) => simulatedClock)) return
  const newest = await store.newest()
  const parsed = newest === null ? null : parseEventBytes(newest.bytes)
  if (parsed?.status !== 'parsed') throw new Error(`expected a newest event to continue the clock from, found ${parsed?.reason ?? 'none'}`)
  clock.simulateFrom(parsed.envelope.recordedAt)
}

function administratorOf(directory: Directory, at: string): Person {
  for (const { id } of directory.allWorkspaces()) {
    const person = directory.membersOf(id).firstWith('ADMINISTRATOR', at)
    if (person !== null) return { workspace: id, person }
  }
  throw new Error('expected a workspace with an administrator, found none')
}
