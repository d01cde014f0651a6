import { reportFault } from '../http/report-fault.ts'
import { ApiKeys } from '../identity/api-keys.ts'
import { Authenticator } from '../identity/authenticate.ts'
import { Directory } from '../identity/directory.ts'
import { DirectoryReader } from '../identity/read-directory.ts'
import { newSecret } from '../identity/secret.ts'
import { openFirstWorkspace } from './open-first-workspace.ts'
import type { LedgerRoom } from './open-ledger-room.ts'

const LINK_MINUTES = 15
/** How often, in ms, access is read again: another process may have granted or revoked it. */
const REFRESH = 2_000

export interface IdentityRoom {
  readonly directory: Directory
  readonly authenticator: Authenticator
  readonly keys: ApiKeys
  /** A token for the fragment of `/sign-in#…`, good once and for 15 minutes, of the first administrator. */
  signInToken(): string
  close(): void
}

/** Reads who may do what from the record; an empty record first gets a workspace. */
export async function openIdentityRoom({ ledger, store, sessions }: LedgerRoom, host: string): Promise<IdentityRoom> {
  const now = () => new Date().toISOString()
  const directory = new Directory()
  const reader = new DirectoryReader(store, directory)
  await reader.readWorkspaces()
  if (directory.allWorkspaces().length === 0) {
    await openFirstWorkspace(ledger, now(), host)
    await reader.readWorkspaces()
  }
  await reader.refresh()
  const keys = new ApiKeys(ledger, directory, reader, now)
  // A store that can't be reached shows at `/health/ready` and at each request that needs it; the next look may succeed.
  const timer = setInterval(() => void reader.refresh().catch((error) => reportFault(error, 'directory')), REFRESH)
  timer.unref()
  return {
    directory,
    keys,
    authenticator: new Authenticator(directory, sessions, now),
    signInToken: () => {
      const token = newSecret()
      sessions.putSignIn(token, {
        ...administratorOf(directory),
        expiresAt: new Date(Date.now() + LINK_MINUTES * 60_000).toISOString(),
      })
      return token
    },
    close: () => clearInterval(timer),
  }
}

function administratorOf(directory: Directory): { readonly workspace: string; readonly person: string } {
  for (const { id } of directory.allWorkspaces()) {
    const [person] = directory.peopleWith('ADMINISTRATOR', id)
    if (person !== undefined) return { workspace: id, person }
  }
  throw new Error('expected a workspace with an administrator, found none')
}
