import type { Ledger, SessionStore } from '@annal/ledger'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { TypedError } from '../http/typed-error.ts'
import { cookieValue, SESSION_COOKIE } from './authenticate.ts'
import type { Directory } from './directory.ts'
import { recordOwn, SERVER, SYSTEM } from './record-access.ts'
import { newSecret } from './secret.ts'

export const SESSION_HOURS = 12

export interface SessionSurroundings {
  readonly ledger: Ledger
  readonly sessions: SessionStore
  readonly directory: Directory
  readonly now: () => string
  /** The cookie is sent over https only. */
  readonly secure: boolean
}

/** `POST /session` with the token of a sign-in link opens a session, `DELETE /session` ends it. */
export function sessionRoutes(app: FastifyInstance, around: SessionSurroundings): void {
  app.post('/session', async (request, reply) => {
    const token = tokenOf(request.body)
    const signIn = around.sessions.redeemSignIn(token, around.now())
    if (signIn === null) return refuse(around, { data: { because: 'unknown' }, workspace: SYSTEM })
    const { workspace, person } = signIn
    if (around.directory.roleOf(workspace, person) === null) return refuse(around, { data: { person, because: 'no_role' }, workspace })
    await recordSignIn(around, workspace, person)
    setCookie(reply, openSession(around, workspace, person), around.secure)
    return { workspace }
  })

  app.delete('/session', async (request, reply) => {
    const token = cookieValue(request.headers.cookie ?? '', SESSION_COOKIE)
    if (token !== null) around.sessions.deleteSession(token)
    reply.header('set-cookie', `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`)
    return reply.code(204).send()
  })
}

function tokenOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string' && body.token.length <= 200)
    return body.token
  throw new TypedError('BAD_REQUEST', 'The body must be `{"token": "…"}`.')
}

function openSession({ sessions, now }: SessionSurroundings, workspace: string, person: string): string {
  const token = newSecret()
  const at = now()
  sessions.deleteExpired(at)
  sessions.putSession(token, { workspace, person, expiresAt: new Date(Date.parse(at) + SESSION_HOURS * 3_600_000).toISOString() })
  return token
}

function setCookie(reply: FastifyReply, token: string, secure: boolean): void {
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_HOURS * 3600}${secure ? '; Secure' : ''}`
  reply.header('set-cookie', `${SESSION_COOKIE}=${token}; ${attributes}`)
}

/** No record, no session. */
async function recordSignIn({ ledger, now }: SessionSurroundings, workspace: string, person: string): Promise<void> {
  const signedIn = {
    type: 'SignedIn',
    data: { person, method: 'link' },
    workspace,
    actor: { kind: 'person', id: person },
    at: now(),
  } as const
  await recordOwn(ledger, [signedIn])
}

interface RefusedSignIn {
  readonly data: Readonly<Record<string, unknown>>
  readonly workspace: string
}

/** A link that nobody was given is refused in the system's log; the route's rate limit bounds how often. */
async function refuse({ ledger, now }: SessionSurroundings, { data, workspace }: RefusedSignIn): Promise<never> {
  await recordOwn(ledger, [{ type: 'SignInRefused', data: { ...data, method: 'link' }, workspace, actor: SERVER, at: now() }])
  throw new TypedError(
    'UNAUTHENTICATED',
    'The sign-in link is not valid: it works once, for 15 minutes. An operator gets a new one with `npm run annal -- sign-in-link`.',
  )
}
