import type { IncomingHttpHeaders } from 'node:http'
import type { SessionStore } from '@annal/ledger'
import { TypedError } from '../http/typed-error.ts'
import { type ApiKeyRecord, keyIdOf, parseApiKey } from './api-key.ts'
import { type Caller, DEFAULT_REQUESTS_PER_SECOND } from './caller.ts'
import type { Directory } from './directory.ts'
import { sameText } from './secret.ts'
import { type SeenKey, SeenKeys } from './seen-keys.ts'

export const SESSION_COOKIE = 'annal_session'

/** Finds out who asks from the `Authorization` header or, without one, from the session cookie. */
export class Authenticator {
  private readonly seen = new SeenKeys()

  constructor(
    private readonly directory: Directory,
    private readonly sessions: SessionStore,
    private readonly now: () => string,
  ) {}

  /** @throws TypedError UNAUTHENTICATED, or WORKSPACE_NOT_FOUND when the URL names a workspace that isn't the credential's. */
  authenticate(headers: IncomingHttpHeaders, url: string): Caller {
    const { authorization } = headers
    const workspace = requestedWorkspace(url)
    const caller = authorization === undefined ? this.bySession(headers.cookie ?? '') : this.byKey(authorization)
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
    const presented = authorization.startsWith('Bearer ') ? parseApiKey(authorization.slice('Bearer '.length)) : null
    if (presented === null) throw new TypedError('UNAUTHENTICATED', 'The Authorization header must be `Bearer` and an API key.')
    const key = this.directory.key(presented.id)
    if (key === undefined || !sameText(keyIdOf(presented.secret), key.id))
      throw new TypedError('UNAUTHENTICATED', 'The API key is not valid.')
    const { id, workspace, role, requestsPerSecond } = key
    const caller: Caller = { workspace, role, actor: { kind: 'service', id }, via: 'key', credential: id, requestsPerSecond }
    const checked = { key, caller }
    this.seen.keep(authorization, checked)
    return checked
  }

  private refuseEnded(key: ApiKeyRecord): void {
    if (key.revokedAt !== null) throw new TypedError('UNAUTHENTICATED', 'The API key has been revoked.')
    if (key.expiresAt !== null && key.expiresAt <= this.now()) throw new TypedError('UNAUTHENTICATED', 'The API key has expired.')
  }

  private bySession(cookies: string): Caller {
    const token = cookieValue(cookies, SESSION_COOKIE)
    const session = token === null ? null : this.sessions.session(token, this.now())
    if (session === null)
      throw new TypedError(
        'UNAUTHENTICATED',
        'This needs an API key or a session; sign in with the link that the server prints at its start.',
      )
    const { workspace, person } = session
    const role = this.directory.roleOf(workspace, person)
    if (role === null) throw new TypedError('UNAUTHENTICATED', 'The person of this session has no role in the workspace any more.')
    return {
      workspace,
      role,
      actor: { kind: 'person', id: person },
      via: 'session',
      credential: person,
      requestsPerSecond: DEFAULT_REQUESTS_PER_SECOND,
    }
  }
}

function noSuchWorkspace(): TypedError {
  return new TypedError('WORKSPACE_NOT_FOUND', 'There is no such workspace for this credential.')
}

/** The workspace in a URL that begins with `/w/<workspace>/`, or null: the credential's own. */
export function requestedWorkspace(url: string): string | null {
  return url.startsWith('/w/') ? (/^\/w\/([^/?]*)/.exec(url)?.[1] ?? null) : null
}

export function cookieValue(cookies: string, name: string): string | null {
  for (const cookie of cookies.split(';')) {
    const [key, value] = cookie.trim().split('=')
    if (key === name && value !== undefined) return value
  }
  return null
}
