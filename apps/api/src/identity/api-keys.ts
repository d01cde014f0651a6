import type { Actor, Ledger } from '@annal/ledger'
import { type ApiKeyRecord, formatApiKey, keyIdOf, keyRoles } from './api-key.ts'
import type { AtWork } from './at-work.ts'
import { DEFAULT_REQUESTS_PER_SECOND, type Role } from './caller.ts'
import type { Directory } from './directory.ts'
import type { DirectoryReader } from './read-directory.ts'
import { type OwnEvent, ownProblem, recordOwn, refuseProblem } from './record-access.ts'
import { newSecret } from './secret.ts'

export interface KeyRequest {
  readonly workspace: string
  readonly actor: Actor
  readonly name: string
  readonly role: Role
  readonly expiresAt: string | null
  readonly requestsPerSecond: number | null
}

export type IssueOutcome =
  | { readonly status: 'issued'; readonly key: ApiKeyRecord; readonly secret: string }
  | { readonly status: 'refused'; readonly message: string }

export type RevokeOutcome =
  | { readonly status: 'revoked'; readonly key: ApiKeyRecord }
  | { readonly status: 'not-found'; readonly message: string }

const MOST_REQUESTS_PER_SECOND = 1_000_000
const LONGEST_NAME = 100

export interface KeySurroundings {
  readonly ledger: Ledger
  readonly directory: Directory
  readonly reader: DirectoryReader
  readonly atWork: AtWork
  readonly now: () => string
}

/** Issues and revokes API keys. Both are events, and both hold from the moment the event is durable. */
export class ApiKeys {
  constructor(private readonly around: KeySurroundings) {}

  async issue(request: KeyRequest): Promise<IssueOutcome> {
    const problem = this.problem(request)
    if (problem !== null) return { status: 'refused', message: problem }
    const secret = newSecret()
    const id = keyIdOf(secret)
    const { workspace, actor, name, role, expiresAt, requestsPerSecond } = request
    const data = {
      key: id,
      name,
      role: role.toLowerCase(),
      ...(expiresAt === null ? {} : { expiresAt }),
      requestsPerSecond: requestsPerSecond ?? DEFAULT_REQUESTS_PER_SECOND,
    }
    const issued: OwnEvent = { type: 'ApiKeyIssued', data, workspace, actor, at: this.around.now() }
    const unfit = ownProblem(issued)
    if (unfit !== null) return { status: 'refused', message: unfit.message }
    await recordOwn(this.around.ledger, [issued])
    await this.around.reader.refresh()
    return { status: 'issued', key: this.known(id), secret: formatApiKey({ id, secret }) }
  }

  /** @throws TypedError BAD_USER_INPUT when the reason can't be recorded. */
  async revoke(workspace: string, actor: Actor, id: string, reason: string | null): Promise<RevokeOutcome> {
    const { ledger, directory, reader, atWork, now } = this.around
    const key = directory.key(id)
    if (key === undefined || key.workspace !== workspace) return { status: 'not-found', message: 'This workspace has no such key.' }
    if (key.revokedAt !== null) return { status: 'revoked', key }
    const data = { key: id, ...(reason === null || reason === '' ? {} : { reason }) }
    const revoked: OwnEvent = { type: 'ApiKeyRevoked', data, workspace, actor, at: now() }
    refuseProblem(revoked)
    await atWork.end(id, async () => {
      await recordOwn(ledger, [revoked])
      await reader.refresh()
    })
    return { status: 'revoked', key: this.known(id) }
  }

  private problem({ workspace, name, role, expiresAt, requestsPerSecond }: KeyRequest): string | null {
    if (this.around.directory.workspace(workspace) === undefined) return `There is no workspace ${workspace}.`
    if (name.trim() === '' || name.length > LONGEST_NAME) return `A key's name has 1 to ${LONGEST_NAME} characters.`
    if (!keyRoles.includes(role)) return `A key can have the role ${keyRoles.join(' or ')}; the others are for people.`
    if (expiresAt !== null && expiresAt <= this.around.now()) return 'The key would have expired already.'
    const rate = requestsPerSecond ?? DEFAULT_REQUESTS_PER_SECOND
    return rate >= 1 && rate <= MOST_REQUESTS_PER_SECOND ? null : `A rate is 1 to ${MOST_REQUESTS_PER_SECOND} requests a second.`
  }

  private known(id: string): ApiKeyRecord {
    const key = this.around.directory.key(id)
    if (key === undefined) throw new Error(`expected the key ${id} in the directory after its event was recorded, found none`)
    return key
  }
}
