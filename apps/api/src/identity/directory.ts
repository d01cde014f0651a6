import type { EventEnvelope } from '@annal/proof'
import type { ApiKeyRecord } from './api-key.ts'
import { DEFAULT_REQUESTS_PER_SECOND, type Role, roles } from './caller.ts'

export interface WorkspaceRecord {
  readonly id: string
  readonly name: string
  readonly region: string
}

/** Workspaces, the roles of their people and their API keys: a fold over the `workspace-access` streams and the log of workspaces, held in memory. */
export class Directory {
  private readonly workspaces = new Map<string, WorkspaceRecord>()
  private readonly keys = new Map<string, ApiKeyRecord>()
  private readonly roles = new Map<string, Map<string, Role>>()
  private readonly listeners = new Set<() => void>()

  /** Called after each change, so that what stands on a credential can be looked at again. */
  onChange(listener: () => void): void {
    this.listeners.add(listener)
  }

  workspace(id: string): WorkspaceRecord | undefined {
    return this.workspaces.get(id)
  }

  allWorkspaces(): readonly WorkspaceRecord[] {
    return [...this.workspaces.values()]
  }

  key(id: string): ApiKeyRecord | undefined {
    return this.keys.get(id)
  }

  /** Newest first. */
  keysOf(workspace: string): readonly ApiKeyRecord[] {
    return [...this.keys.values()].filter((key) => key.workspace === workspace).reverse()
  }

  roleOf(workspace: string, person: string): Role | null {
    return this.roles.get(workspace)?.get(person) ?? null
  }

  peopleWith(role: Role, workspace: string): readonly string[] {
    return [...(this.roles.get(workspace) ?? [])].filter(([, held]) => held === role).map(([person]) => person)
  }

  apply(event: EventEnvelope): void {
    const evolved = this.evolve(event)
    if (evolved) for (const listener of this.listeners) listener()
  }

  /** Folds are total: events of other kinds change nothing. */
  private evolve({ type, workspace, data, recordedAt, actor }: EventEnvelope): boolean {
    const text = (name: string) => String(data[name])
    switch (type) {
      case 'WorkspaceOpened':
        this.workspaces.set(text('workspace'), { id: text('workspace'), name: text('name'), region: text('region') })
        return true
      case 'RoleGranted':
        this.rolesIn(workspace).set(text('person'), asRole(data.role))
        return true
      case 'RoleRevoked':
        return this.rolesIn(workspace).delete(text('person'))
      case 'ApiKeyIssued':
        this.keys.set(text('key'), issuedKey({ workspace, data, recordedAt, issuedBy: actor.id }))
        return true
      case 'ApiKeyRevoked':
        return this.revoke(text('key'), workspace, recordedAt)
      default:
        return false
    }
  }

  private rolesIn(workspace: string): Map<string, Role> {
    const known = this.roles.get(workspace) ?? new Map<string, Role>()
    this.roles.set(workspace, known)
    return known
  }

  private revoke(id: string, workspace: string, revokedAt: string): boolean {
    const key = this.keys.get(id)
    if (key === undefined || key.workspace !== workspace || key.revokedAt !== null) return false
    this.keys.set(id, { ...key, revokedAt })
    return true
  }
}

interface Issued {
  readonly workspace: string
  readonly data: EventEnvelope['data']
  readonly recordedAt: string
  readonly issuedBy: string
}

function issuedKey({ workspace, data, recordedAt, issuedBy }: Issued): ApiKeyRecord {
  return {
    id: String(data.key),
    workspace,
    name: String(data.name),
    role: asRole(data.role),
    issuedAt: recordedAt,
    issuedBy,
    expiresAt: typeof data.expiresAt === 'string' ? data.expiresAt : null,
    revokedAt: null,
    requestsPerSecond: typeof data.requestsPerSecond === 'number' ? data.requestsPerSecond : DEFAULT_REQUESTS_PER_SECOND,
  }
}

function asRole(value: unknown): Role {
  const role = roles.find((known) => known === String(value).toUpperCase())
  if (role === undefined) throw new Error(`expected a role in a workspace's log, found ${JSON.stringify(value)}`)
  return role
}
