import { canonicalize } from '@annal/proof'
import { BACKWARDS, type Credentials, END, type EventStoreDBClient, jsonEvent, NO_STREAM, type RecordedEvent } from '@eventstore/db-client'
import { isAccessDenied, isStreamNotFound, readFailure } from './command-failure.ts'
import { connect } from './connect.ts'
import { parseConnectionString } from './connection-string.ts'
import { closeClient, credentialsOf } from './protection.ts'

interface SecureStreams {
  /** With the credential of a member of `$admins`. Used once, kept nowhere. */
  readonly administrator: string
  /** The user that Annal itself signs in as; must exist, in neither `$admins` nor `$ops`. */
  readonly user: string
}

type Secured =
  | { readonly status: 'secured'; readonly changed: readonly string[] }
  | { readonly status: 'skipped'; readonly warning: string }

const ADMINS = '$admins'

/**
 * Sets the server's default access control so that `user` reads and appends and nobody but an administrator deletes a stream or changes
 * its metadata, and lets `user` read $all. Done again it changes nothing. What can't be done is never passed over: `skipped` says why.
 * @throws StoreUnavailable, InvalidConnectionString
 */
export async function secureStreams({ administrator, user }: SecureStreams): Promise<Secured> {
  const parsed = parseConnectionString(administrator)
  if (!parsed.tls)
    return { status: 'skipped', warning: 'Without TLS the server has no access control: any client may delete and truncate streams.' }
  const client = connect(parsed)
  try {
    const changed: string[] = []
    for (const setting of settingsFor(user)) if (await put(client, setting, credentialsOf(parsed))) changed.push(setting.stream)
    return { status: 'secured', changed }
  } catch (error) {
    if (!isAccessDenied(error)) throw readFailure(error)
    return {
      status: 'skipped',
      warning: `${parsed.user ?? 'This user'} is no administrator of the server: its access control was not set.`,
    }
  } finally {
    await closeClient(client)
  }
}

interface Setting {
  readonly stream: string
  readonly type: string
  readonly data: Record<string, unknown>
}

function settingsFor(user: string): readonly Setting[] {
  const own = { $r: [user], $w: [user], $d: [ADMINS], $mr: [user], $mw: [ADMINS] }
  const system = { $r: [ADMINS], $w: [ADMINS], $d: [ADMINS], $mr: [ADMINS], $mw: [ADMINS] }
  return [
    { stream: '$settings', type: 'update-default-acl', data: { $userStreamAcl: own, $systemStreamAcl: system } },
    { stream: '$$$all', type: '$metadata', data: { $acl: { ...system, $r: [user] } } },
  ]
}

/** Appends the setting where the newest one differs; true if it did. */
async function put(client: EventStoreDBClient, { stream, type, data }: Setting, credentials: Credentials): Promise<boolean> {
  const newest = await newestOf(client, stream, credentials)
  if (newest && canonicalize(newest.data) === canonicalize(data)) return false
  await client.appendToStream(stream, jsonEvent({ type, data }), { expectedRevision: newest?.revision ?? NO_STREAM, credentials })
  return true
}

async function newestOf(client: EventStoreDBClient, stream: string, credentials: Credentials): Promise<RecordedEvent | null> {
  try {
    const reading = client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1, credentials })
    let newest: RecordedEvent | null = null
    for await (const { event } of reading) newest = event ?? null
    return newest
  } catch (error) {
    if (isStreamNotFound(error)) return null
    throw error
  }
}
