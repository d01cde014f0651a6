import type { GuardedStreams } from '../append/guarded-streams.ts'
import { Turns } from '../append/turns.ts'
import { reportFault } from '../http/report-fault.ts'
import { WorkspaceFinder } from '../identity/find-workspaces.ts'
import { Invitations } from '../identity/invitations.ts'
import { PeopleDirectory } from '../identity/people-directory.ts'
import type { PeopleSurroundings } from '../identity/people-surroundings.ts'
import { ProfileDesk } from '../identity/profile-desk.ts'
import { RoleDesk } from '../identity/role-desk.ts'
import { SignInLinks } from '../identity/sign-in-links.ts'
import { SignIns } from '../identity/sign-ins.ts'
import { WorkspaceDesk } from '../identity/workspace-desk.ts'
import { type MailSettings, openMailer } from '../mail/mailer.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { IdentityRoom } from './identity-room.ts'
import type { LedgerRoom } from './open-ledger-room.ts'

/** How often, in ms, workspaces are looked for that another process opened. */
const LOOK = 2_000

export interface PeopleRoomOptions {
  readonly room: LedgerRoom
  readonly identity: IdentityRoom
  readonly guarded: GuardedStreams
  readonly trail: TrailReader
  readonly mail: MailSettings | null
  /** Names the server in the origins of logs. */
  readonly host: string
  /** How browsers reach it. */
  readonly origin: () => string
}

/** Everything that lets people in, names them and says what they may do. */
export interface PeopleRoom {
  readonly people: PeopleDirectory
  readonly links: SignInLinks
  readonly signIns: SignIns
  readonly invitations: Invitations
  readonly roles: RoleDesk
  readonly profiles: ProfileDesk
  readonly workspaces: WorkspaceDesk
  close(): void
}

export async function openPeopleRoom({ room, identity, guarded, trail, mail, host, origin }: PeopleRoomOptions): Promise<PeopleRoom> {
  const { store, keys, clock, ledger } = room
  const { directory, reader, sessions, atWork } = identity
  const mailer = mail === null ? null : await openMailer(mail)
  const people = new PeopleDirectory(store, keys, directory, clock.instant)
  const links = new SignInLinks({ store: room.sessions, mailer, origin, now: clock.machineInstant })
  const addresses = new Turns()
  const around: PeopleSurroundings = {
    guarded,
    keys,
    directory,
    reader,
    people,
    store: room.sessions,
    sessions,
    links,
    clock,
    atWork,
    addresses,
  }
  const finder = new WorkspaceFinder(trail, reader)
  let closed = false
  const report = (error: unknown) => {
    if (!closed) reportFault(error, 'workspaces')
  }
  const timer = setInterval(() => void finder.look().catch(report), LOOK)
  timer.unref()
  return {
    people,
    links,
    signIns: new SignIns({ ...around, ledger }),
    invitations: new Invitations(around),
    roles: new RoleDesk(around),
    profiles: new ProfileDesk(around),
    workspaces: new WorkspaceDesk(around, host),
    close: () => {
      closed = true
      clearInterval(timer)
      mailer?.close()
    },
  }
}
