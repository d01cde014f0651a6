import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Attempts } from '../http/attempts.ts'
import { isOwn } from '../http/cross-site.ts'
import { reportFault } from '../http/report-fault.ts'
import { TypedError } from '../http/typed-error.ts'
import { sameMailbox } from '../mail/address.ts'
import { cookieValue, SESSION_COOKIE } from './authenticate.ts'
import { SESSION_HOURS, type Sessions } from './sessions.ts'
import type { SignIns } from './sign-ins.ts'

export interface SessionSurroundings {
  readonly signIns: SignIns
  readonly sessions: Sessions
  /** The cookie is sent over https only. */
  readonly secure: boolean
}

const LONGEST = 300
/** In a minute, from one network address. */
const MOST_REFUSED = 20
/** In a quarter of an hour, to one mailbox: nobody's is filled by others who know of it. */
const MOST_MAILS = 3

/**
 * `POST /session` with the token of a sign-in link opens a session, `DELETE /session` ends it. `POST /session/link` with an e-mail address
 * sends a link there, if somebody has it; the answer is the same for every address.
 */
export function sessionRoutes(app: FastifyInstance, { signIns, sessions, secure }: SessionSurroundings): void {
  const refused = new Attempts({ most: MOST_REFUSED, window: 60_000 }, Date.now)
  const mails = new Attempts({ most: MOST_MAILS, window: 15 * 60_000 }, Date.now)
  app.addHook('onRequest', async (request) => refuseForeignPage(request))

  app.post('/session', async (request, reply) => {
    const token = textOf(request.body, 'token')
    if (!refused.take(request.ip))
      throw new TypedError('RATE_LIMITED', `More than ${MOST_REFUSED} refused sign-ins in a minute from this address.`)
    const client = request.headers['user-agent'] ?? null
    const outcome = await signIns.signIn({ token, client, session: sessionToken(request) })
    if (outcome.status === 'refused') throw new TypedError('UNAUTHENTICATED', REFUSED)
    refused.giveBack(request.ip)
    setCookie(reply, outcome.token, secure)
    return { workspace: outcome.workspace }
  })

  app.post('/session/link', async (request, reply) => {
    const address = textOf(request.body, 'email')
    // After the answer, so that its time tells nothing of whether somebody has this address.
    if (mails.take(sameMailbox(address.trim())))
      setImmediate(() => void signIns.sendLinks(address).catch((error) => reportFault(error, request.id)))
    return reply.code(202).send({ sent: 'If somebody here has this address, a link to sign in is on its way.' })
  })

  app.delete('/session', async (request, reply) => {
    const token = sessionToken(request)
    if (token !== null) sessions.endToken(token)
    reply.header('set-cookie', `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`)
    return reply.code(204).send()
  })
}

const REFUSED =
  'The sign-in link is not valid: it works once, and for a short time. Ask for a new one by e-mail or from an administrator; an operator gets one with `npm run annal -- sign-in-link`.'

/** Browsers name the page that sends a request; another's may neither sign anybody in here nor out. */
function refuseForeignPage({ headers: { origin, host } }: FastifyRequest): void {
  if (origin !== undefined && !isOwn(origin, host))
    throw new TypedError('CROSS_SITE_REQUEST', 'Signing in works from the dashboard’s own pages only.')
}

function sessionToken({ headers: { cookie = '' } }: FastifyRequest): string | null {
  return cookieValue(cookie, SESSION_COOKIE)
}

function textOf(body: unknown, name: 'token' | 'email'): string {
  const value = typeof body === 'object' && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : undefined
  if (typeof value === 'string' && value.length <= LONGEST) return value
  throw new TypedError('BAD_REQUEST', `The body must be \`{"${name}": "…"}\`.`)
}

function setCookie(reply: FastifyReply, token: string, secure: boolean): void {
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_HOURS * 3600}${secure ? '; Secure' : ''}`
  reply.header('set-cookie', `${SESSION_COOKIE}=${token}; ${attributes}`)
}
