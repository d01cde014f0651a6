import type { EventEnvelope } from '@annal/proof'
import type { ApiKeyRecord } from './api-key.ts'
import { DEFAULT_REQUESTS_PER_SECOND, type Role, roles } from './caller.ts'
import { Members } from './members.ts'

export interface WorkspaceRecord {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly legalTimeZone: string
  readonly currency: string
  /** Its clock is simulated: a sample, never evidence. */
  readonly simulatedClock: boolean
}

export interface Membership {
  readonly workspace: WorkspaceRecord
  readonly roles: readonly Role[]
}

const nobody = new Members()

/** Workspaces, the roles of their people and their API keys: a fold over the `workspace-access` streams and the log of workspaces, held in memory. */
export class Directory {
  private readonly workspaces = new Map<string, WorkspaceRecord>()
  private readonly keys = new Map<string, ApiKeyRecord>()
  private readonly members = new Map<string, Members>()
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

  /** Everybody who was ever given a role in the workspace, and what he holds of it. */
  membersOf(workspace: string): Members {
    return this.members.get(workspace) ?? nobody
  }

  /** Where the person holds a role at that instant. */
  memberships(person: string, at: string): readonly Membership[] {
    return this.allWorkspaces().flatMap((workspace) => {
      const held = this.membersOf(workspace.id).rolesOf(person, at)
      return held.length === 0 ? [] : [{ workspace, roles: held }]
    })
  }

  /**
   * The workspace that a person came from: the one that gave him a role first. Its administrators alone answer for who he is: only there
   * links are issued that sign him in, so that no other workspace's administrator can become him.
   */
  home(person: string): string | null {
    let home: { readonly workspace: string; readonly since: string } | null = null
    for (const [workspace, members] of this.members) {
      const since = members.since(person)
      if (since !== null && (home === null || since < home.since)) home = { workspace, since }
    }
    return home?.workspace ?? null
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
        this.workspaces.set(text('workspace'), openedWorkspace(data))
        return true
      case 'RoleGranted':
        this.membersIn(workspace).grant(text('person'), asRole(data.role), { until: instantOrNull(data.until), at: recordedAt })
        return true
      case 'RoleRevoked':
        return this.membersOf(workspace).revoke(text('person'), asRole(data.role))
      case 'ApiKeyIssued':
        this.keys.set(text('key'), issuedKey({ workspace, data, recordedAt, issuedBy: actor.id }))
        return true
      case 'ApiKeyRevoked':
        return this.revoke(text('key'), workspace, recordedAt)
      default:
        return false
    }
  }

  private membersIn(workspace: string): Members {
    const known = this.members.get(workspace) ?? new Members()
    this.members.set(workspace, known)
    return known
  }

  private revoke(id: string, workspace: string, revokedAt: string): boolean {
    const key = this.keys.get(id)
    if (key === undefined || key.workspace !== workspace || key.revokedAt !== null) return false
    this.keys.set(id, { ...key, revokedAt })
    return true
  }
}

function openedWorkspace(data: EventEnvelope['data']): WorkspaceRecord {
  return {
    id: String(data.workspace),
    name: String(data.name),
    region: String(data.region),
    legalTimeZone: String(data.legalTimeZone),
    currency: String(data.currency),
    simulatedClock: data.simulatedClock === true,
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
    expiresAt: instantOrNull(data.expiresAt),
    revokedAt: null,
    requestsPerSecond: typeof data.requestsPerSecond === 'number' ? data.requestsPerSecond : DEFAULT_REQUESTS_PER_SECOND,
  }
}

function instantOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function asRole(value: unknown): Role {
  const role = roles.find((known) => known === String(value).toUpperCase())
  if (role === undefined) throw new Error(`expected a role in a workspace's log, found ${JSON.stringify(value)}`)
  return role
}
