import type { EventReader, Ledger } from '@annal/ledger'
import type { Caller, Role } from '../identity/caller.ts'
import { recordOwn } from '../identity/record-access.ts'
import { invalid } from './answers.ts'
import type { PackRecord } from './pack-record.ts'

export interface ShareRequest {
  readonly id: string
  readonly pack: string
  readonly person: string | null
  readonly role: Role | null
  /** Null: the share is revoked. */
  readonly until: string | null
  readonly reason: string | null
}

export interface SharingSurroundings {
  readonly ledger: Ledger
  readonly store: EventReader
  readonly now: () => string
  /** Whether the person belongs to the workspace. */
  readonly isMember: (workspace: string, person: string) => boolean
}

const PERSON = /^per_[A-Za-z0-9]{1,60}$/

/** Records a share or its end. The same id again records nothing more. Null: done. */
export async function recordShare(
  caller: Caller,
  record: PackRecord,
  request: ShareRequest,
  around: SharingSurroundings,
): Promise<ReturnType<typeof invalid> | null> {
  const stream = `${caller.workspace}.ledger-pack~${record.pack}`
  if ((await around.store.findEvent(stream, request.id)) !== null) return null
  const at = around.now()
  const problem = problemOf(caller, record, request, { at, isMember: around.isMember })
  if (problem !== null) return problem
  const { id, person, role, until, reason } = request
  const data = {
    pack: record.pack,
    ...(person === null ? {} : { person }),
    ...(role === null ? {} : { role: role.toLowerCase() }),
    ...(until === null ? {} : { until }),
    ...(reason === null || reason === '' ? {} : { reason }),
  }
  const type = until === null ? 'PackShareRevoked' : 'PackShared'
  await recordOwn(around.ledger, [{ id, type, data, workspace: caller.workspace, actor: caller.actor, at }])
  return null
}

function problemOf(
  { workspace }: Caller,
  { shares }: PackRecord,
  { person, role, until }: ShareRequest,
  { at, isMember }: { readonly at: string; readonly isMember: SharingSurroundings['isMember'] },
): ReturnType<typeof invalid> | null {
  if ((person === null) === (role === null)) return invalid('A pack is shared with a person or with a role.', '/person')
  if (person !== null && !(PERSON.test(person) && isMember(workspace, person)))
    return invalid('This workspace has no such person.', '/person')
  if (role === 'SERVICE') return invalid('Packs are shared with people.', '/role')
  if (until !== null) return until > at ? null : invalid('The share would have ended already.', '/until')
  const open = shares.some((share) => share.person === person && share.role === role && share.revokedAt === null)
  return open ? null : invalid('The pack is not shared so.', person === null ? '/role' : '/person')
}
