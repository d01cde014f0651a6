import { type EventOf, withEntry } from '../decider.ts'
import type { Role } from '../roles.ts'
import type { workspaceEvents } from './events.ts'

export type WorkspaceEvent = EventOf<typeof workspaceEvents>

/** Who may what in a workspace, folded from its `access` stream; `opened` from the stream of its opening. */
export interface WorkspaceState {
  readonly stream: 'workspace'
  readonly status: 'unopened' | 'opened'
  /** The roles of each person, each with its end or null. */
  readonly roles: ReadonlyMap<string, ReadonlyMap<Role, string | null>>
  readonly keys: ReadonlyMap<string, 'issued' | 'revoked'>
}

export const noWorkspace: WorkspaceState = { stream: 'workspace', status: 'unopened', roles: new Map(), keys: new Map() }

/** Total over any subset of a stream. */
export function evolveWorkspace(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  switch (event.type) {
    case 'WorkspaceOpened':
      return { ...state, status: 'opened' }
    case 'RoleGranted': {
      const { person, role, until } = event.data
      return { ...state, roles: withEntry(state.roles, person, new Map(rolesOf(state, person)).set(role, until ?? null)) }
    }
    case 'RoleRevoked': {
      const { person, role } = event.data
      const left = new Map([...rolesOf(state, person)].filter(([held]) => held !== role))
      return { ...state, roles: withEntry(state.roles, person, left) }
    }
    case 'ApiKeyIssued':
      return { ...state, keys: withEntry(state.keys, event.data.key, state.keys.get(event.data.key) ?? 'issued') }
    case 'ApiKeyRevoked':
      return { ...state, keys: withEntry(state.keys, event.data.key, 'revoked') }
    case 'TierChanged':
    case 'QuotaSet':
    case 'QuotaExceeded':
    case 'CostRecorded':
    case 'CapacityMeasured':
      return state
  }
}

export function rolesOf({ roles }: WorkspaceState, person: string): ReadonlyMap<Role, string | null> {
  return roles.get(person) ?? new Map()
}

/** A role that ends at an instant is not held from that instant on. */
export function holds(state: WorkspaceState, person: string, role: Role, at: string): boolean {
  const until = rolesOf(state, person).get(role)
  return until === null || (until !== undefined && until > at)
}
