import { setTimeout } from 'node:timers/promises'
import { type Credentials, ErrorType, type EventStoreDBClient, isCommandError } from '@eventstore/db-client'
import { isAccessDenied, isUnauthenticated, readFailure } from './command-failure.ts'
import { connect } from './connect.ts'
import { type ConnectionString, parseConnectionString } from './connection-string.ts'

/** What could take events away (or make the server do so) with Annal's own credential. */
type Danger = 'delete streams' | 'truncate streams'

export type Protection =
  | { readonly status: 'protected' }
  | { readonly status: 'unprotected'; readonly can: readonly Danger[]; readonly why: string }

const LONGEST_FAREWELL_MS = 1000
const PROBE = 'annal.protection-probe'
/** No stream ever stands here, so that a probe that is allowed still changes nothing: rights are checked before revisions. */
const NEVER = 9_007_199_254_740_991n

/**
 * Whether the server lets this credential delete streams or change their metadata (`$tb`, `$maxAge`, `$maxCount`), found out by asking for
 * it at a revision that can't be. Changes nothing.
 * @throws StoreUnavailable, InvalidConnectionString
 */
export async function checkProtection({ connectionString }: { readonly connectionString: string }): Promise<Protection> {
  const parsed = parseConnectionString(connectionString)
  const client = connect(parsed)
  const asked = { expectedRevision: NEVER, credentials: credentialsOf(parsed) }
  const attempts: readonly [Danger, () => Promise<unknown>][] = [
    ['delete streams', () => client.deleteStream(PROBE, asked)],
    ['truncate streams', () => client.setStreamMetadata(PROBE, {}, asked)],
  ]
  try {
    const can: Danger[] = []
    for (const [danger, attempt] of attempts) if (await isAllowed(attempt)) can.push(danger)
    return can.length === 0 ? { status: 'protected' } : { status: 'unprotected', can, why: whyUnprotected(parsed) }
  } finally {
    await closeClient(client)
  }
}

/** Credentials named with a call make the client use a call of its own for it (see `AppendCall`). Without TLS it sends none. */
export function credentialsOf({ user, password }: ConnectionString): Credentials {
  return { username: user ?? '', password: password ?? '' }
}

/** Ends all calls and the connection. A read that nobody finished, or a cluster that nobody finds, may keep it for a moment only. */
export async function closeClient(client: EventStoreDBClient): Promise<void> {
  const ended = client.dispose().then(() => closeChannel(client))
  await Promise.race([ended, setTimeout(LONGEST_FAREWELL_MS, undefined, { ref: false })])
}

/** Where no channel could be opened there is none to close. */
async function closeChannel(client: EventStoreDBClient): Promise<void> {
  await client['getChannel']().then(
    (channel) => channel.close(),
    () => undefined,
  )
}

async function isAllowed(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt()
    return true
  } catch (error) {
    if (isAccessDenied(error) && !isUnauthenticated(error)) return false
    if (error instanceof Error && isCommandError(error) && error.type === ErrorType.WRONG_EXPECTED_VERSION) return true
    throw readFailure(error)
  }
}

function whyUnprotected({ tls, user }: ConnectionString): string {
  return tls
    ? `The access control of the server does not keep ${user} from it: run docker/prepare-event-store.mjs once with an administrator's password, and let Annal sign in as a user that is in neither $admins nor $ops.`
    : 'Without TLS the server asks nobody who they are: whoever reaches it may do everything.'
}
