import type { IncomingHttpHeaders } from 'node:http'
import type { Session } from '@annal/ledger'
import type { ServerClock } from '../clock/server-clock.ts'
import { TypedError } from '../http/typed-error.ts'
import { type ApiKeyRecord, keyIdOf, parseApiKey } from './api-key.ts'
import { type Caller, DEFAULT_REQUESTS_PER_SECOND } from './caller.ts'
import type { Directory } from './directory.ts'
import { sameText } from './secret.ts'
import { type SeenKey, SeenKeys } from './seen-keys.ts'
import type { Sessions } from './sessions.ts'

export const SESSION_COOKIE = 'annal_session'

/** Finds out who asks from the `Authorization` header or, without one, from the session cookie. */
export class Authenticator {
  private readonly seen = new SeenKeys()

  constructor(
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly clock: ServerClock,
  ) {}

  /** @throws TypedError UNAUTHENTICATED, or WORKSPACE_NOT_FOUND when the URL names a workspace that isn't the credential's. */
  authenticate(headers: IncomingHttpHeaders, url: string): Caller {
    return this.identify(headers, url, (session) => this.sessions.touch(session))
  }

  /** The same, of a credential that is only looked at again: a page that nobody touches doesn't keep its session alive. */
  recheck(headers: IncomingHttpHeaders, url: string): Caller {
    return this.identify(headers, url, () => undefined)
  }

  private identify({ authorization, cookie = '' }: IncomingHttpHeaders, url: string, use: (session: Session) => void): Caller {
    const workspace = requestedWorkspace(url)
    if (authorization === undefined) return this.bySession(cookie, workspace, use)
    const caller = this.byKey(authorization)
    if (workspace !== null && workspace !== caller.workspace) throw noSuchWorkspace()
    return caller
  }

  private byKey(authorization: string): Caller {
    const known = this.seen.find(authorization)
    const { key, caller } = known !== undefined && this.directory.key(known.key.id) === known.key ? known : this.checkKey(authorization)
    this.refuseEnded(key)
    return caller
  }

  private checkKey(authorization: string): SeenKey {
    const [, credential = ''] = /^bearer +(\S+)$/i.exec(authorization) ?? []
    const presented = parseApiKey(credential)
    if (presented === null) throw new TypedError('UNAUTHENTICATED', 'The Authorization header must be `Bearer` and an API key.')
    const key = this.directory.key(presented.id)
    if (key === undefined || !sameText(keyIdOf(presented.secret), key.id))
      throw new TypedError('UNAUTHENTICATED', 'The API key is not valid.')
    const { id, workspace, role, requestsPerSecond } = key
    const caller: Caller = {
      workspace,
      role,
      roles: [role],
      actor: { kind: 'service', id },
      via: 'key',
      session: null,
      credential: id,
      requestsPerSecond,
    }
    const checked = { key, caller }
    this.seen.keep(authorization, checked)
    return checked
  }

  private refuseEnded(key: ApiKeyRecord): void {
    if (key.revokedAt !== null) throw new TypedError('UNAUTHENTICATED', 'The API key has been revoked.')
    if (key.expiresAt !== null && key.expiresAt <= this.clock.instant()) throw new TypedError('UNAUTHENTICATED', 'The API key has expired.')
  }

  /** A session is its person's: it opens each workspace in which he has a role. */
  private bySession(cookies: string, requested: string | null, use: (session: Session) => void): Caller {
    const token = cookieValue(cookies, SESSION_COOKIE)
    const session = token === null ? null : this.sessions.find(token)
    if (session === null)
      throw new TypedError(
        'UNAUTHENTICATED',
        'This needs an API key or a session; sign in with the link that you were sent, or that the server printed at its start.',
      )
    const { workspace, role, roles } = this.enter(session, requested)
    const { person } = session
    use(session)
    return {
      workspace,
      roles,
      role,
      actor: { kind: 'person', id: person },
      via: 'session',
      session: session.id,
      credential: person,
      requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND,
    }
  }

  /** The workspace asked for, else the one in which he signed in, else any in which he has a role. */
  private enter({ person, workspace }: Session, requested: string | null): Entered {
    const memberships = this.directory.memberships(person, this.clock.instant())
    const wanted = memberships.find(({ workspace: { id } }) => id === (requested ?? workspace))
    const entered = wanted ?? (requested === null ? memberships[0] : undefined)
    const [role] = entered?.roles ?? []
    if (entered !== undefined && role !== undefined) return { workspace: entered.workspace.id, role, roles: entered.roles }
    if (memberships.length > 0) throw noSuchWorkspace()
    throw new TypedError('UNAUTHENTICATED', 'The person of this session has no role in any workspace any more.')
  }
}

type Entered = Pick<Caller, 'workspace' | 'role' | 'roles'>

function noSuchWorkspace(): TypedError {
  return new TypedError('WORKSPACE_NOT_FOUND', 'There is no such workspace for this credential.')
}

/** The workspace in a URL that begins with `/w/<workspace>/`, or null: the credential's own. A router takes `/%77/` for the same. */
export function requestedWorkspace(url: string): string | null {
  return /^\/(?:w|%77)\/([^/?]*)/.exec(url)?.[1] ?? null
}

export function cookieValue(cookies: string, name: string): string | null {
  for (const cookie of cookies.split(';')) {
    const [key, value] = cookie.trim().split('=')
    if (key === name && value !== undefined) return value
  }
  return null
}
